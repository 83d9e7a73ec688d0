/** How long to wait before trying again. */
export type BackOff = { readonly firstMs: number; readonly mostMs: number }

export const BACK_OFF: BackOff = { firstMs: 500, mostMs: 15_000 }

/**
 * Waiting time in ms before a try: it doubles from try to try up to the most, and half of it is random, so
 * that all pages do not come back in one moment.
 *
 * @param attempt 0 for the first try after a loss
 * @param random in [0, 1)
 */
export function waitBefore(
  attempt: number,
  random: number,
  { firstMs, mostMs } = BACK_OFF,
): number {
  const whole = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 30))
  return Math.round(whole * (0.5 + 0.5 * random))
}
