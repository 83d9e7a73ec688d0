import { fromDayNumber, priceLimits, roundToTick } from '@ralph-stock/core'
import { type Paper, rulesOf } from './listings.js'
import { createRandom } from './random.js'

/** A paper's days, the hidden future included. KRW and shares, aligned to the market's days. */
export type PricePath = {
  /** The previous close, from which limits and changes count. */
  readonly base: Float64Array
  /** 0, as the close is, on days that a paper has no row for. */
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Trades before and after the regular session included. */
  readonly volume: Float64Array
  /** NaN where the day's trades alone tell. */
  readonly value: Float64Array
}

/** A path of no day yet. */
export function emptyPath(length: number): PricePath {
  const make = (): Float64Array => new Float64Array(length)
  return {
    base: make(),
    open: make(),
    high: make(),
    low: make(),
    close: make(),
    volume: make(),
    value: make().fill(Number.NaN),
  }
}

/** Invents all days of a paper. Prices lie on the tick and within the limits. */
export function inventPath(seed: number, paper: Paper, days: Int32Array, today: number): PricePath {
  const path = emptyPath(days.length)
  let base = 0
  for (let at = 0; at < days.length; at++) {
    const day = days[at] as number
    const rules = rulesOf(paper, fromDayNumber(day))
    if (base === 0) base = roundToTick(paper.basePrice, 'nearest', rules)
    const random = createRandom(seed, 2, paper.number, day)
    path.base[at] = base
    if (isHalted(paper, at, today, random.next())) {
      for (const name of ['open', 'high', 'low', 'close'] as const) path[name][at] = base
      continue
    }
    const { upper, lower } = priceLimits(base, rules)
    const quote = (price: number): number =>
      Math.min(upper, Math.max(lower, roundToTick(Math.max(1, price), 'nearest', rules)))
    const wild = random.next() < 0.04 ? 5 : 1
    const close = quote(base * (1 + random.normal() * paper.volatility * wild))
    const open = quote(base * (1 + random.normal() * paper.volatility * 0.4))
    const swing = paper.volatility * 0.6 * wild
    const high = quote(Math.max(open, close) * (1 + Math.abs(random.normal()) * swing))
    const low = quote(
      Math.min(open, close) * (1 - Math.min(0.3, Math.abs(random.normal()) * swing)),
    )
    path.open[at] = open
    path.close[at] = close
    path.high[at] = Math.max(open, close, high)
    path.low[at] = Math.min(open, close, low)
    path.volume[at] = Math.round(paper.usualVolume * Math.exp(random.normal() * 0.5)) + 100
    base = close
  }
  return path
}

function isHalted(paper: Paper, at: number, today: number, chance: number): boolean {
  return (paper.halted && at > today - 5) || (at < today && chance < 0.002)
}
