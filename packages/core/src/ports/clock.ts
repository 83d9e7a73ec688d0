/** A timer that can be stopped. */
export type Timer = { stop(): void }

/** Where the time comes from: the system, or a test that runs a session in seconds. */
export interface Clock {
  /** Epoch ms UTC. */
  now(): number
  /** Calls back once, `ms` of this clock's time from now. */
  after(ms: number, run: () => void): Timer
}
