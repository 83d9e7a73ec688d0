/** A number from 0 to 1, 1 left out. */
export type RandomSource = () => number

/** How waits grow. */
export type BackOff = {
  readonly firstMs: number
  readonly mostMs: number
}

/** Waits between attempts to connect. */
export const SOCKET_BACK_OFF: BackOff = { firstMs: 1000, mostMs: 60_000 }

/** Waits between attempts of a request that failed on the way. */
export const REQUEST_BACK_OFF: BackOff = { firstMs: 500, mostMs: 15_000 }

/**
 * How long to wait before attempt `attempt` + 1: doubling, capped, and somewhere between half and all
 * of it, so that many clients do not come back at once.
 *
 * @param attempt how many attempts failed, from 1
 */
export function backOffMs(backOff: BackOff, attempt: number, random: RandomSource): number {
  const full = Math.min(backOff.mostMs, backOff.firstMs * 2 ** Math.min(attempt - 1, 30))
  return Math.round(full / 2 + (full / 2) * random())
}

/**
 * The wait after "too many requests": it must exceed the broker's window of a second, and grows with
 * each refusal in a row.
 *
 * @source measured by clients of the API, 2026-07 and 2026-08: 1.3 s times the attempt
 */
export function rateLimitWaitMs(attempt: number, random: RandomSource): number {
  return Math.round(Math.min(attempt, 8) * 1300 + 200 * random())
}
