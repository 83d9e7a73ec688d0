import {
  type BarRows,
  type MarketDataSource,
  type Tick,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { dayOf } from './batch.js'
import { type ContractCheck, ensure } from './check.js'

/** What the checks ask a source about: something that it is known to have. */
export type MarketDataExample = {
  /** A listed stock that traded in the range. */
  readonly ticker: string
  readonly from: TradeDate
  readonly to: TradeDate
  /** Makes the source see a trade of the ticker, where the test can. */
  readonly trade?: () => Promise<void>
}

/**
 * What every `MarketDataSource` does, as checks for any test runner. Each opens a source of its own.
 *
 * @param open makes a source that can answer about the example; the check closes it
 * @example for (const { name, run } of testMarketDataSource(openMine, example)) it(name, run)
 */
export function testMarketDataSource(
  open: () => Promise<MarketDataSource>,
  example: MarketDataExample,
): readonly ContractCheck[] {
  const { ticker, from, to } = example
  const check = (
    name: string,
    body: (source: MarketDataSource) => Promise<void>,
  ): ContractCheck => ({
    name,
    run: async () => {
      const source = await open()
      try {
        await body(source)
      } finally {
        await source.close()
      }
    },
  })
  const checks = [
    check('lists stocks by ticker, each once', async (source) => {
      const stocks = await source.listStocks()
      const tickers = stocks.map((stock) => stock.ticker)
      ensure(new Set(tickers).size === tickers.length, 'a ticker must be listed once')
      ensure(tickers.includes(ticker), `the list must hold ${ticker}`)
      const odd = tickers.find((one) => !/^[0-9A-Z]{6}$/.test(one))
      ensure(odd === undefined, `a ticker must be six digits or capitals; found "${odd}"`)
    }),
    check('gives daily bars of the range alone, oldest first', async (source) => {
      const rows = await source.dailyBars({ ticker, from, to })
      ensure(rows.length > 0, `${ticker} must have bars from ${from} to ${to}`)
      inOrder(rows, from, to)
      soundPrices(rows)
    }),
    check('gives the same bars when asked again', async (source) => {
      const first = await source.dailyBars({ ticker, from, to })
      const again = await source.dailyBars({ ticker, from, to })
      ensure(same(first.day, again.day) && same(first.close, again.close), 'bars must not change')
    }),
    check('gives flows of the range alone, oldest first', async (source) => {
      const rows = await source.flows({ ticker, from, to })
      inOrder(rows, from, to)
      const sides = [rows.foreignNetValue, rows.institutionNetValue, rows.foreignNetVolume]
      ensure(
        sides.every((side) => side.length === rows.length),
        'every column must be as long as the rows',
      )
    }),
    check('gives an index, finished sessions only', async (source) => {
      const rows = await source.indexBars({ ticker: 'KOSPI', from, to })
      ensure(rows.length > 0, `KOSPI must have values from ${from} to ${to}`)
      inOrder(rows, from, to)
    }),
    check('refuses a request that was given up', async (source) => {
      const signal = AbortSignal.abort()
      const refused = await source.dailyBars({ ticker, from, to, signal }).then(
        () => false,
        () => true,
      )
      ensure(refused, 'an aborted request must be refused')
    }),
    check('refuses requests after it was closed', async (source) => {
      await source.close()
      const refused = await source.dailyBars({ ticker, from, to }).then(
        () => false,
        () => true,
      )
      ensure(refused, 'a closed source must refuse')
    }),
  ]
  const { trade } = example
  if (trade === undefined) return checks
  return [
    ...checks,
    check('tells trades of the wanted stocks until closed', async (source) => {
      const seen: Tick[] = []
      const subscription = source.subscribe([ticker], (tick) => seen.push(tick))
      await trade()
      const tick = seen.find((one) => one.ticker === ticker)
      ensure(tick !== undefined, `a trade of ${ticker} must be told`)
      ensure(tick.price > 0 && tick.volume >= 0, 'a tick must have a price and a volume')
      await subscription.close()
      const count = seen.length
      await trade()
      ensure(seen.length === count, 'a closed subscription must be silent')
    }),
  ]
}

type Dated = Pick<BarRows, 'length' | 'day'>

function inOrder({ length, day }: Dated, from: TradeDate, to: TradeDate): void {
  const [first, last] = [dayOf(tradeDate(from)), dayOf(tradeDate(to))]
  ensure(day.length >= length, 'days must be as many as the rows')
  for (let i = 0; i < length; i++) {
    const own = day[i] as number
    ensure(own >= first && own <= last, `a row must be of ${from} to ${to}; found day ${own}`)
    ensure(i === 0 || own > (day[i - 1] as number), 'rows must be oldest first, each day once')
  }
}

function soundPrices({ length, open, high, low, close, volume }: BarRows): void {
  for (let i = 0; i < length; i++) {
    ensure((volume[i] as number) >= 0, `a volume must be 0 or more; found ${volume[i]}`)
    ensure((close[i] as number) > 0, `a close must be above 0; found ${close[i]}`)
    if (volume[i] === 0) continue
    const [o, h, l, c] = [open[i], high[i], low[i], close[i]] as [number, number, number, number]
    ensure(
      l - 1 <= Math.min(o, c) && Math.max(o, c) <= h + 1,
      `open and close must be within low and high; found ${o}, ${h}, ${l}, ${c}`,
    )
  }
}

function same(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  return JSON.stringify(Array.from(left)) === JSON.stringify(Array.from(right))
}
