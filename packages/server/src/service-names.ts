/** The services and the ports on which each listens when it runs alone; the first one has them all. */
export const SERVICE_PORTS = {
  gateway: 5111,
  'vcp-scanner': 5112,
  'signal-engine': 5113,
  chatbot: 5114,
  'daytrading-scanner': 5115,
} as const

export type ServiceName = keyof typeof SERVICE_PORTS

/** A service behind the gateway. */
export type BackendName = Exclude<ServiceName, 'gateway'>

export const BACKENDS = [
  'vcp-scanner',
  'signal-engine',
  'daytrading-scanner',
  'chatbot',
] as const satisfies readonly BackendName[]

/** What a process serves: one service, or all of them. */
export type Served = ServiceName | 'all'
