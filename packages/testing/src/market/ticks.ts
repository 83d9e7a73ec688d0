import {
  dayNumber,
  epochMsOfKst,
  findDay,
  type Market,
  type Member,
  type Tick,
  type TradeDate,
} from '@ralph-stock/core'
import fc from 'fast-check'

/** When in the session each of a bar's four prices is printed, and the share of the volume by then. */
const PRINTS = [
  { time: '09:00', column: 'bars.open', share: 0.1 },
  { time: '11:00', column: 'bars.low', share: 0.4 },
  { time: '13:00', column: 'bars.high', share: 0.7 },
  { time: '15:30', column: 'bars.close', share: 1 },
] as const

/**
 * Ticks that build the bars of a date: open, low, high and close of every stock that traded, in time
 * order. The other columns that `names` lists come with the last.
 */
export function ticksOf(
  market: Market,
  date: TradeDate,
  names: readonly string[],
): { readonly ticks: readonly Tick[]; readonly tickers: readonly string[] } {
  const traded = market.members.filter(({ series }) => findDay(series.days, dayNumber(date)) >= 0)
  const ticks = PRINTS.flatMap((print) =>
    traded.map((member) => tickOf(market, member, date, names, print)),
  )
  return { ticks, tickers: traded.map(({ stock }) => stock.ticker) }
}

function tickOf(
  market: Market,
  { stock, series }: Member,
  date: TradeDate,
  names: readonly string[],
  { time, column, share }: (typeof PRINTS)[number],
): Tick {
  const bar = findDay(series.days, dayNumber(date))
  const at = (name: string): number => series.columns[name]?.[bar] ?? Number.NaN
  const volume = share === 1 ? at('bars.volume') : Math.floor(share * at('bars.volume'))
  const tick = {
    ticker: stock.ticker,
    at: epochMsOfKst(date, time),
    price: at(column),
    volume,
  }
  if (share < 1) return tick
  const columns: Record<string, number> = {}
  for (const name of names) {
    const value = name.startsWith('index.') ? indexValue(market, name, date) : at(name)
    const own = /^(?:bars|sessions)\./.test(name)
    if (!own && !Number.isNaN(value)) columns[name] = value
  }
  return { ...tick, tradedValue: at('bars.tradedValue'), columns }
}

function indexValue(market: Market, name: string, date: TradeDate): number {
  const split = name.lastIndexOf('.')
  const series = market.indexes[name.slice('index.'.length, split)]
  const bar = series === undefined ? -1 : findDay(series.days, dayNumber(date))
  return series?.columns[`bars.${name.slice(split + 1)}`]?.[bar] ?? Number.NaN
}

/**
 * Ticks of a session as a bad feed would send them: those that build the date's bars, with repeated,
 * late, absurd and foreign ones among them.
 */
export function ticksArbitrary(market: Market, date: TradeDate): fc.Arbitrary<readonly Tick[]> {
  const { ticks } = ticksOf(market, date, [])
  const spoil = fc.record({
    place: fc.nat(),
    change: fc.constantFrom<Partial<Tick>>(
      {},
      { price: 0 },
      { price: -100 },
      { price: Number.NaN },
      { price: 1e12 },
      { volume: -1 },
      { high: Number.POSITIVE_INFINITY },
      { at: Number.NaN },
      { at: epochMsOfKst(date, '00:00') - 86_400_000 },
      { ticker: '999999' },
    ),
  })
  return fc.array(spoil, { maxLength: 12 }).map((spoils) => {
    const feed = [...ticks]
    for (const { place, change } of spoils) {
      const at = feed.length === 0 ? 0 : place % feed.length
      const copied = feed[at]
      if (copied !== undefined) feed.splice(at + 1, 0, { ...copied, ...change })
    }
    return feed
  })
}
