import type { Store } from '../../src/index.js'
import { batchOf, day, flowRows, indexRows, manyBars, stockOf } from './batches.js'

/** The sessions on which the flows and the index of `fillStore` are. */
export const DATES: readonly string[] = [
  '2026-02-04',
  '2026-02-05',
  '2026-02-06',
  '2026-02-09',
  '2026-02-10',
]

/** 300 stocks of two sectors with 60 bars each, an ETF and a managed stock among them. */
export async function fillStore(store: Store): Promise<void> {
  const bars = manyBars(300, 60)
  const stocks = bars.tickers.map((ticker, n) =>
    stockOf(ticker, {
      name: n === 7 ? '삼성전자' : `종목 ${ticker}`,
      sector: n % 2 === 0 ? '반도체' : '화학',
      marketCap: n * 1e9,
      kind: n === 3 ? 'etf' : null,
      department: n === 4 ? '관리종목(소속부없음)' : null,
    }),
  )
  const flows = flowRows([
    ...DATES.map((date) => ['000010', date, 5, 5, Number.NaN, Number.NaN] as const),
    ...DATES.map((date, k) => ['000020', date, k === 2 ? -1 : 9, 5, 1, 1] as const),
  ])
  const indexes = indexRows(DATES.map((date) => ['KOSPI', date, 1, 1, 1, 1, 1] as const))
  await store.write(batchOf({ stocks, listDay: day('2026-02-10'), bars, flows, indexes }))
}
