import {
  type BarRows,
  dayNumber,
  epochMsOfKst,
  fromDayNumber,
  krxCalendar,
  type MarketBatch,
  requireInteger,
  type Stock,
  tradeDate,
} from '@ralph-stock/core'
import { inventFactors } from './factors.js'
import { inventFlows } from './flow-rows.js'
import { indexRows } from './index-rows.js'
import {
  DEMO_SECTORS,
  type DemoListing,
  inventCommonStocks,
  inventOtherPapers,
} from './listings.js'
import { inventPrices, type PricePath } from './price-path.js'
import { createRandom } from './random.js'

/** Who says so, in a store: nobody. Every row of the demo market is invented. */
export const DEMO_SOURCE = 'demo'

/** The last session of the demo market unless another is asked for. */
export const DEMO_LAST_DATE = '2026-03-31'

/** How to invent a market. */
export type DemoOptions = {
  /** The same seed gives the same market, to the last digit. */
  readonly seed?: number
  /** Common stocks; 240 unless said. A few papers that no scan considers come on top. */
  readonly stocks?: number
  /** Sessions up to the last one; 320 unless said. */
  readonly sessions?: number
  /** YYYY-MM-DD; the last session on or before it is the last of the market. */
  readonly lastDate?: string
}

const PATH_STREAM = 500_000

/**
 * Invents a market: stocks, prices, flows and indexes that obey the exchange's rules and belong to
 * nobody. Names begin with 데모, tickers with `D`, where no real listing does.
 *
 * It shows what the strategies look for (leaders, narrowing bases, breakouts, bounces, closes at the
 * limit) and what they must cope with (halts, young listings, missing flows, a blank sector, sectors
 * too small to compare within, and every kind of paper that the universe leaves out).
 *
 * @throws RalphError E_PARAM_RANGE, E_DATE_INVALID, E_SESSION_NONE
 * @example await store.write(demoMarket())
 */
export function demoMarket(options: DemoOptions = {}): MarketBatch {
  const seed = requireInteger('seed', options.seed ?? 2026, 0)
  const count = requireInteger('stocks', options.stocks ?? 240, 1, 9000)
  const sessions = requireInteger('sessions', options.sessions ?? 320, 2, 2500)
  const days = sessionsUpTo(dayNumber(tradeDate(options.lastDate ?? DEMO_LAST_DATE)), sessions)
  const lastDay = days[days.length - 1] as number
  const listings = [
    ...inventCommonStocks(seed, count, sessions),
    ...inventOtherPapers(seed, sessions),
  ]
  const factors = inventFactors(seed, sessions, DEMO_SECTORS.length)
  const listed = listings.map((listing, position) => ({
    listing,
    path: inventPrices(listing, days, factors, createRandom(seed, PATH_STREAM + position)),
  }))
  return {
    source: DEMO_SOURCE,
    knownAt: epochMsOfKst(fromDayNumber(lastDay), '16:00'),
    stocks: listed.map(({ listing, path }) => stockOf(listing, path)),
    listDay: lastDay,
    bars: barRows(listed),
    flows: inventFlows(seed, listed),
    indexes: indexRows(listed, days),
  }
}

function sessionsUpTo(day: number, count: number): Int32Array {
  const calendar = krxCalendar()
  const last = calendar.isSession(day) ? day : calendar.previous(day)
  const first = count === 1 ? last : calendar.shift(last, 1 - count)
  return Int32Array.from(calendar.between(first, last))
}

function stockOf({ stock }: DemoListing, path: PricePath): Stock {
  const close = path.close[path.close.length - 1] as number
  return {
    ...stock,
    marketCap: stock.listedShares * close,
    listingDate: fromDayNumber(path.days[0] as number),
  }
}

function barRows(
  listed: ReadonlyArray<{ readonly listing: DemoListing; readonly path: PricePath }>,
): BarRows {
  const length = listed.reduce((sum, { path }) => sum + path.days.length, 0)
  const make = (): Float64Array => new Float64Array(length)
  const rows = {
    length,
    tickers: listed.map(({ listing }) => listing.stock.ticker),
    ticker: new Int32Array(length),
    day: new Int32Array(length),
    open: make(),
    high: make(),
    low: make(),
    close: make(),
    volume: make(),
    tradedValue: make(),
    rawClose: null,
  }
  let row = 0
  listed.forEach(({ path }, position) => {
    rows.ticker.fill(position, row, row + path.days.length)
    rows.day.set(path.days, row)
    for (const name of ['open', 'high', 'low', 'close', 'volume', 'tradedValue'] as const) {
      rows[name].set(path[name], row)
    }
    row += path.days.length
  })
  return rows
}
