import type { SystemHealthView } from '../api/index.js'
import { BACKENDS, SERVICE_PORTS, type Served } from '../service-names.js'
import type { Forwarder } from './forwarder.js'

type ServiceState = SystemHealthView['services'][number]

/** The services as a process sees them: served here, forwarded to, or neither. */
export async function serviceStates(
  served: Served,
  forwarders: ReadonlyMap<string, Forwarder>,
): Promise<ServiceState[]> {
  const here = (name: string): boolean => served === 'all' || served === name
  const gateway = ownState('gateway', here('gateway'))
  const others = BACKENDS.map(async (name): Promise<ServiceState> => {
    const forwarder = forwarders.get(name)
    // The slot of the chatbot answers that it is not there.
    if (forwarder === undefined) return ownState(name, here(name) && name !== 'chatbot')
    const status = (await forwarder.ping()) ? 'up' : 'down'
    const port = SERVICE_PORTS[name]
    return { name, port, where: 'forwarded', status, circuit: forwarder.state }
  })
  return [gateway, ...(await Promise.all(others))]
}

function ownState(name: keyof typeof SERVICE_PORTS, here: boolean): ServiceState {
  const port = SERVICE_PORTS[name]
  return here
    ? { name, port, where: 'here', status: 'up', circuit: null }
    : { name, port, where: 'off', status: 'off', circuit: null }
}
