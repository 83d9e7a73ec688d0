import { fromDayNumber, type SessionCalendar } from '../krx/index.js'
import { withinLimits } from './live-bar.js'
import { lastAt, lastClose, lastDay, lastVolume, lowerLimit, upperLimit } from './live-book.js'
import type { LiveStock } from './live-stock.js'
import type { Tick, TickRefusal, TickResult } from './tick.js'

/** A tick that is not taken, and why. */
export type Refused = Extract<TickResult, { accepted: false }>

/** The result of a tick that is not taken. */
export function refuse(code: TickRefusal, message: string): Refused {
  return { accepted: false, code, message }
}

/**
 * Says why a tick cannot be taken; null when it can. Nothing changes.
 *
 * @param day day number of the tick's KST date; NaN when its instant is none
 */
export function checkTick(
  calendar: SessionCalendar,
  stock: LiveStock,
  tick: Tick,
  day: number,
): Refused | null {
  const { ticker, price, volume, open = price, high = price, low = price, tradedValue = 0 } = tick
  const priced = isPrice(price) && isPrice(open) && isPrice(high) && isPrice(low)
  if (!priced || !isAmount(volume) || !isAmount(tradedValue)) {
    return refuse(
      'E_TICK_VALUE',
      `prices must be above 0 and volume 0 or more; found ${price} and ${volume} for ${ticker}`,
    )
  }
  for (const name of tick.columns === undefined ? [] : Object.keys(tick.columns)) {
    // Bars come through the fields above, which are checked.
    if (!name.startsWith('bars.') && !name.startsWith('sessions.')) continue
    return refuse('E_TICK_VALUE', `columns of a tick must not set ${name}; found it for ${ticker}`)
  }
  const last = lastDay(stock)
  if (!(day >= last) || tick.at < lastAt(stock)) {
    return refuse('E_TICK_OUT_OF_ORDER', `a later tick of ${ticker} was taken before`)
  }
  if (day > last && (day < calendar.first || day > calendar.last || !calendar.isSession(day))) {
    return refuse('E_TICK_NO_SESSION', `no session on ${fromDayNumber(day)}`)
  }
  const lowest = Math.min(price, open, low)
  const highest = Math.max(price, open, high)
  if (!withinLimits(stock, lowest, day) || !withinLimits(stock, highest, day)) {
    const found = highest > upperLimit(stock) ? highest : lowest
    return refuse(
      'E_TICK_BEYOND_LIMIT',
      `${ticker} trades from ${lowerLimit(stock)} to ${upperLimit(stock)} today; found ${found}`,
    )
  }
  if (day === last) {
    const same = tick.at === lastAt(stock) && volume === lastVolume(stock)
    if (same && lastClose(stock) === price && tick.columns === undefined) {
      return refuse('E_TICK_DUPLICATE', `this tick of ${ticker} was taken already`)
    }
    if (volume < lastVolume(stock)) {
      return refuse('E_TICK_OUT_OF_ORDER', `the volume of ${ticker} cannot shrink in a session`)
    }
  }
  return null
}

function isPrice(value: number): boolean {
  return Number.isFinite(value) && value > 0
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}
