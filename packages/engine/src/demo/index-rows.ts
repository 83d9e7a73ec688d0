import type { IndexRows } from '@ralph-stock/core'
import type { DemoListing } from './listings.js'
import type { PricePath } from './price-path.js'

type Listed = { readonly listing: DemoListing; readonly path: PricePath }

const INDEXES = [
  { name: 'KOSPI', start: 2600 },
  { name: 'KOSDAQ', start: 820 },
] as const

/** How far of the way to the members' own extremes, which do not fall together, an index goes. */
const TOGETHER = 0.35

/** The indexes of the invented markets: their members' moves, weighted by market value. */
export function indexRows(listed: readonly Listed[], days: Int32Array): IndexRows {
  const length = INDEXES.length * days.length
  const make = (): Float64Array => new Float64Array(length)
  const rows = {
    length,
    tickers: INDEXES.map(({ name }) => name),
    ticker: Int32Array.from({ length }, (_, k) => Math.floor(k / days.length)),
    day: Int32Array.from({ length }, (_, k) => days[k % days.length] as number),
    open: make(),
    high: make(),
    low: make(),
    close: make(),
    volume: make(),
    tradedValue: make(),
  }
  INDEXES.forEach(({ name, start }, position) => {
    const members = listed.filter(
      ({ listing }) => listing.stock.market === name && listing.stock.kind === 'common',
    )
    let level: number = start
    for (let t = 0; t < days.length; t++) {
      const day = sumDay(members, days.length, t)
      const row = position * days.length + t
      const open = day.weight === 0 ? level : (level * day.open) / day.weight
      const close = day.weight === 0 ? level : (level * day.close) / day.weight
      const top = Math.max(open, close)
      const bottom = Math.min(open, close)
      const high = day.weight === 0 ? level : (level * day.high) / day.weight
      const low = day.weight === 0 ? level : (level * day.low) / day.weight
      rows.open[row] = hundredths(open)
      rows.close[row] = hundredths(close)
      rows.high[row] = hundredths(top + TOGETHER * Math.max(0, high - top))
      rows.low[row] = hundredths(bottom - TOGETHER * Math.max(0, bottom - low))
      rows.volume[row] = day.volume
      rows.tradedValue[row] = day.tradedValue
      level = close
    }
  })
  return rows
}

type DaySum = {
  weight: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  tradedValue: number
}

// Market values of the day and of the close before, over members that were listed on both.
function sumDay(members: readonly Listed[], sessions: number, t: number): DaySum {
  const sum = { weight: 0, open: 0, high: 0, low: 0, close: 0, volume: 0, tradedValue: 0 }
  for (const { listing, path } of members) {
    const i = t - (sessions - path.days.length)
    if (i < 0) continue
    sum.volume += path.volume[i] as number
    sum.tradedValue += path.tradedValue[i] as number
    if (i === 0) continue
    const shares = listing.stock.listedShares
    const before = path.close[i - 1] as number
    const traded = (path.volume[i] as number) > 0
    sum.weight += shares * before
    sum.open += shares * (traded ? (path.open[i] as number) : before)
    sum.high += shares * (traded ? (path.high[i] as number) : before)
    sum.low += shares * (traded ? (path.low[i] as number) : before)
    sum.close += shares * (path.close[i] as number)
  }
  return sum
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100
}
