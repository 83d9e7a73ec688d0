/** How much is accepted, and for how long it is worked on. */
export type AppLimits = {
  /** Requests of one key, or of one address without a key, in a minute. `Infinity` for no limit. */
  readonly requestsPerMinute: number
  /** Of these, requests that start or do a scan. */
  readonly costlyPerMinute: number
  /** Bytes of a body. */
  readonly bodyBytes: number
  /** For a request to arrive, and for its answer to be ready. */
  readonly requestTimeoutMs: number
  /** For the first byte of a service behind the gateway, and between two of its bytes. */
  readonly upstreamTimeoutMs: number
  /** How long a service that failed often is left alone. */
  readonly upstreamRestMs: number
  /** For requests to be finished when the service stops. */
  readonly closeMs: number
}

/** The limits unless others are given. */
export const DEFAULT_APP_LIMITS: AppLimits = {
  requestsPerMinute: 6000,
  costlyPerMinute: 120,
  bodyBytes: 65_536,
  requestTimeoutMs: 30_000,
  upstreamTimeoutMs: 15_000,
  upstreamRestMs: 10_000,
  closeMs: 10_000,
}
