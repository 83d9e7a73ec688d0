import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RalphError } from '@ralph-stock/core'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { FAULT_KINDS, type Fault } from './faults.js'
import type { ManualClock } from './manual-clock.js'
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator.js'

/** Where a simulator listens. */
export type ServerOptions = SimulatorOptions & {
  /** 5116 unless said; 0 takes a free one. */
  readonly port?: number
  /** 127.0.0.1 unless said. */
  readonly host?: string
}

/** A simulator that can be reached over the network. */
export type SimulatorServer = {
  readonly simulator: Simulator
  readonly port: number
  readonly restUrl: string
  readonly socketUrl: string
  close(): Promise<void>
}

const SOCKET_PATH = '/api/dostk/websocket'
const CONTROL = '/simulator/'
const MOST_BYTES = 1_000_000

const faultBody = z.object({
  kind: z.enum(FAULT_KINDS),
  count: z.number().int().positive().optional(),
  api: z.string().optional(),
  ms: z.number().nonnegative().optional(),
})
const stepBody = z.object({ ms: z.number().positive().max(86_400_000) })

/**
 * Starts a simulator: REST and socket on one port, and below `/simulator/` what no broker has: `GET
 * clock`, `GET status`, `GET truth?stk_cd=`, `POST faults`, and `POST step` for a clock that stands.
 *
 * @throws RalphError E_PARAM_RANGE when the port is taken
 */
export async function startSimulator(options: ServerOptions = {}): Promise<SimulatorServer> {
  const simulator = createSimulator(options)
  const speed = options.clock === undefined ? (options.speed ?? 1) : 0
  const server = createServer((request, response) => {
    handle(simulator, speed, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  const sockets = new WebSocketServer({ server, path: SOCKET_PATH, maxPayload: MOST_BYTES })
  sockets.on('connection', (socket) => {
    const session = simulator.connect({
      send: (text) => {
        if (socket.readyState === socket.OPEN) socket.send(text)
      },
      close: () => socket.close(),
    })
    socket.on('message', (data, isBinary) => {
      if (!isBinary) session.receive(data.toString())
    })
    socket.on('close', () => session.gone())
    socket.on('error', () => session.gone())
  })
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      simulator.close()
      const text = `port must be free; found ${options.port ?? 5116} (${error.code ?? error.message})`
      reject(new RalphError('E_PARAM_RANGE', text, { name: 'port' }))
    }
    // The socket server repeats what goes wrong with the server it stands on.
    sockets.once('error', failed)
    server.listen(options.port ?? 5116, host, () => {
      sockets.off('error', failed)
      sockets.on('error', () => {})
      resolve()
    })
  })
  // Sound: a server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo
  return {
    simulator,
    port,
    restUrl: `http://${host}:${port}`,
    socketUrl: `ws://${host}:${port}${SOCKET_PATH}`,
    close: () =>
      new Promise((resolve) => {
        simulator.close()
        for (const client of sockets.clients) client.terminate()
        sockets.close(() => server.close(() => resolve()))
        server.closeAllConnections()
      }),
  }
}

async function handle(
  simulator: Simulator,
  speed: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const body = await readAll(request)
  if (url.pathname.startsWith(CONTROL)) {
    const [status, answer] = await control(simulator, speed, request.method ?? '', url, body)
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' })
    response.end(JSON.stringify(answer))
    return
  }
  const header = (name: string): string => {
    const value = request.headers[name]
    return typeof value === 'string' ? value : ''
  }
  const { method = '' } = request
  const given = simulator.request({ method, path: url.pathname, header, body })
  const send = (): void => {
    if (given.dropped) {
      request.socket.destroy()
      return
    }
    response.writeHead(given.status, given.headers)
    response.end(given.body)
  }
  if (given.delayMs > 0) simulator.clock.after(given.delayMs, send)
  else send()
}

async function control(
  simulator: Simulator,
  speed: number,
  method: string,
  url: URL,
  body: string,
): Promise<readonly [number, unknown]> {
  const now = (): number => simulator.clock.now()
  switch (`${method} ${url.pathname.slice(CONTROL.length)}`) {
    case 'GET clock':
      return [200, { now: now(), speed }]
    case 'GET status':
      return [200, { now: now(), speed, ...simulator.counts() }]
    case 'GET truth': {
      const code = url.searchParams.get('stk_cd') ?? ''
      const known = simulator.market.paper(code) !== undefined
      return known ? [200, simulator.truth(code)] : [404, { problem: 'no such stock' }]
    }
    case 'POST faults': {
      const fault = faultBody.safeParse(parse(body))
      if (!fault.success) return [400, { problem: 'a fault has a kind', kinds: FAULT_KINDS }]
      simulator.faults.add(definedOnly(fault.data))
      return [200, {}]
    }
    case 'POST step': {
      const step = stepBody.safeParse(parse(body))
      if (!step.success || !canStep(simulator.clock)) {
        return [400, { problem: 'step takes { ms } where the clock stands' }]
      }
      await simulator.clock.advance(step.data.ms)
      return [200, { now: now() }]
    }
    default:
      return [404, { problem: 'GET clock, status, truth; POST faults, step' }]
  }
}

function canStep(clock: Simulator['clock']): clock is ManualClock {
  return 'advance' in clock
}

function definedOnly(fault: z.infer<typeof faultBody>): Fault {
  const { kind, count, api, ms } = fault
  return {
    kind,
    ...(count === undefined ? {} : { count }),
    ...(api === undefined ? {} : { api }),
    ...(ms === undefined ? {} : { ms }),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > MOST_BYTES) throw new Error('a request that large is none')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString()
}
