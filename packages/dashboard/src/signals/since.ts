import type { SignalView } from '@ralph-stock/server/api'

// When the regular session of a day has ended, in Korea.
const CLOSE = 'T15:30:00+09:00'

/**
 * Since when a signal stands, on the market's clock: when it was entered live, else the close that its card
 * is cut at. (When it was written down is real time, also where the market's time is invented.)
 */
export function signalSince({ entry_time, signal_date }: SignalView): string {
  return entry_time ?? new Date(signal_date + CLOSE).toISOString()
}
