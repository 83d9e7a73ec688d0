import type { Series } from '../bars/index.js'
import { planEvaluation } from '../columns/index.js'
import { sourceData } from '../scoring/source-data.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { calendarOf, type Market, type Stock, unlistedStock } from '../universe/index.js'
import { type AllocateBuffer, layoutOf } from './history.js'

/**
 * What a history reads of a market, one array per column for all stocks: few large pieces of memory,
 * which threads can share, instead of thousands of small ones.
 */
export type PackedMarket = {
  readonly stocks: ReadonlyArray<Pick<Stock, 'ticker' | 'sector'>>
  readonly listingReasons: ReadonlyArray<string | null>
  readonly offsets: Int32Array
  readonly sessions: Int32Array
  readonly days: Int32Array
  readonly names: readonly string[]
  /** By position in `names`; missing where a stock has no such column. */
  readonly columns: readonly Float64Array[]
  /** Largest magnitude by stock and name, `names.length` of them for each stock. */
  readonly magnitudes: Float64Array
}

const REQUIRED = ['bars.open', 'bars.high', 'bars.low', 'bars.close', 'bars.volume'] as const

/** Copies what the strategies read, once, into memory that `allocate` makes. */
export function packMarket(
  market: Market,
  strategies: readonly Strategy[],
  allocate: AllocateBuffer,
): PackedMarket {
  const inputs = strategies.flatMap((one) =>
    one.criteria.flatMap((criterion) => Object.values(criterion.inputs)),
  )
  const compared = inputs.flatMap(({ operation }) =>
    operation.kind === 'cross-section' ? [operation.input] : [],
  )
  const read = planEvaluation([...inputs, ...compared]).sources.map(({ name }) => name)
  const names = [...new Set([...REQUIRED, ...read])]
  const { tickers, offsets } = layoutOf(market)
  const bars = offsets[tickers.length] as number
  const days = new Int32Array(allocate(bars * 4))
  const columns = names.map(() => new Float64Array(allocate(bars * 8)))
  const magnitudes = new Float64Array(allocate(tickers.length * names.length * 8))
  market.members.forEach(({ series }, m) => {
    const offset = offsets[m] as number
    const end = offset + series.length
    days.set(series.days, offset)
    const data = sourceData(series, market)
    names.forEach((name, k) => {
      const values = data.column(name)
      const column = columns[k] as Float64Array
      if (values === undefined) column.fill(Number.NaN, offset, end)
      else column.set(values, offset)
      magnitudes[m * names.length + k] = data.magnitude(name)
    })
  })
  return {
    stocks: market.members.map(({ stock }) => ({ ticker: stock.ticker, sector: stock.sector })),
    listingReasons: market.members.map((member) => member.listingReason),
    offsets,
    sessions: market.sessions,
    days,
    names,
    columns,
    magnitudes,
  }
}

/** The packed market as one that a history can be scored on; shares its memory. */
export function unpackMarket(packed: PackedMarket): Market {
  const members = packed.stocks.map(({ ticker, sector }, m) => ({
    stock: { ...unlistedStock(ticker), sector },
    series: seriesAt(packed, ticker, m),
    listingReason: packed.listingReasons[m] as string | null,
  }))
  const byTicker = new Map(members.map((member) => [member.stock.ticker, member]))
  return {
    members,
    indexes: {},
    calendar: calendarOf(packed.sessions),
    sessions: packed.sessions,
    universeDay: null,
    member: (ticker) => byTicker.get(ticker),
  }
}

function seriesAt(packed: PackedMarket, ticker: string, m: number): Series {
  const { names, offsets, magnitudes } = packed
  const from = offsets[m] as number
  const to = offsets[m + 1] as number
  const columns: Record<string, Float64Array> = {}
  const known: Record<string, number> = {}
  names.forEach((name, k) => {
    columns[name] = (packed.columns[k] as Float64Array).subarray(from, to)
    known[name] = magnitudes[m * names.length + k] as number
  })
  return {
    ticker,
    length: to - from,
    days: packed.days.subarray(from, to),
    columns,
    magnitudes: known,
    halts: new Int32Array(0),
    provisionalFlows: null,
    adjustment: 'split',
    volumeScope: 'KRX',
    issues: [],
  }
}
