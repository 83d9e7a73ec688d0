import {
  type Bar,
  type BarStore,
  createSeries,
  criterion,
  dayNumber,
  defineStrategy,
  fromDayNumber,
  krxCalendar,
  type PlanDefinition,
  type ScoreCard,
  type Series,
  type Strategy,
  score,
  bars as sources,
  type TradeDate,
  tradeDate,
  unlistedStock,
} from '@ralph-stock/core'

// What the tests of tracking are made of; no part of the package.

/** The session of the signals. */
export const SIGNAL_DATE: TradeDate = tradeDate('2026-02-09')

/** `[open, high, low, close]`; null is a session without a row, 'halt' one without a trade. */
export type DayPrices = readonly [number, number, number, number] | null | 'halt'

/** The session that comes `count` sessions after the signals. */
export function sessionAfter(count: number): TradeDate {
  return fromDayNumber(krxCalendar().shift(dayNumber(SIGNAL_DATE), count))
}

/** Rows of consecutive sessions, the first on the date of the signals. */
export function rowsOf(...days: readonly DayPrices[]): Bar[] {
  return days.flatMap((prices, k): Bar[] => {
    if (prices === null) return []
    const date = sessionAfter(k)
    if (prices === 'halt') return [{ date, open: 0, high: 0, low: 0, close: 10_000, volume: 0 }]
    const [open, high, low, close] = prices
    return [{ date, open, high, low, close, volume: 1000 }]
  })
}

/** A series of such rows. */
export function seriesOf(ticker: string, rows: readonly Bar[]): Series {
  return createSeries({ ticker, bars: rows })
}

/** A strategy whose cards are bought at 10,000 won, for 11,500 or 9,500, and held five bars. */
export function strategyOf(id: string, plan: Partial<PlanDefinition> = {}): Strategy {
  return defineStrategy({
    id,
    version: '1.0.0',
    maxScore: 1,
    lookback: 1,
    criteria: [
      criterion({
        id: `${id}.any`,
        maxPoints: 1,
        label: { ko: '아무거나', en: 'Anything' },
        inputs: { close: sources.close },
        score: () => 1,
      }),
    ],
    grades: { A: 1 },
    plan: {
      targetPercent: 115,
      stopPercent: 95,
      positionPercent: 10,
      capital: 10_000_000,
      fill: 'close',
      holdingBars: 5,
      ...plan,
    },
  })
}

/** A card of a stock that closed at 10,000 won. */
export function cardOf(
  strategy: Strategy,
  ticker: string,
  facts: Partial<ScoreCard> = {},
): ScoreCard {
  const card = score(strategy, seriesOf(ticker, rowsOf([10_000, 10_000, 10_000, 10_000])))
  return { ...card, annotation: null, market: 'KOSPI', ...facts }
}

/** A store of these rows beside an index with every session, which counts its loads. */
export function barStoreOf(
  stocks: Readonly<Record<string, readonly Bar[]>>,
  sessions: number,
): BarStore & { readonly loads: number } {
  let loads = 0
  const none = { inserted: 0, updated: 0, unchanged: 0 }
  const index = Array.from({ length: sessions }, (_, k): Bar => {
    return { date: sessionAfter(k), open: 1, high: 1, low: 1, close: 1, volume: 1 }
  })
  return {
    get loads(): number {
      return loads
    },
    async load({ through, tickers } = {}) {
      loads++
      const known = (rows: readonly Bar[]): Bar[] =>
        rows.filter(({ date }) => through === undefined || date <= through)
      return {
        stocks: Object.entries(stocks)
          .filter(([ticker]) => tickers?.includes(ticker) ?? true)
          .map(([ticker, rows]) => ({
            stock: unlistedStock(ticker),
            series: seriesOf(ticker, known(rows)),
          })),
        indexes: { KOSPI: seriesOf('KOSPI', known(index)) },
      }
    },
    write: async () => ({ stocks: none, bars: none, flows: none, indexes: none }),
    summary: () => Promise.reject(new Error('not asked')),
    close: async () => {},
  }
}
