import {
  createSeries,
  criterion,
  defineStrategy,
  type FinishedScan,
  isRalphError,
  type ScoreCard,
  type SignalStore,
  score,
  bars as sources,
  tradeDate,
} from '@ralph-stock/core'

/** Two sessions in a row. */
export const FIRST: FinishedScan['asOf'] = tradeDate('2026-02-09')
export const SECOND: FinishedScan['asOf'] = tradeDate('2026-02-10')

/** What the cards' plan says: entry at the close of 1,050 won. */
export const PLAN = { entry: 1050, target: 1207, stop: 998 } as const

const rising = defineStrategy({
  id: 'rising',
  version: '1.0.0',
  maxScore: 1,
  lookback: 1,
  criteria: [
    criterion({
      id: 'rising.day',
      maxPoints: 1,
      label: { ko: '양봉', en: 'Closed above the open' },
      inputs: { open: sources.open, close: sources.close },
      score: ({ open, close }) => Number(close > open),
    }),
  ],
  grades: { A: 1 },
  plan: {
    targetPercent: 115,
    stopPercent: 95,
    positionPercent: 10,
    capital: 10_000_000,
    fill: 'next-open',
    holdingBars: 5,
  },
})

/** A card with a plan, of grade A. */
export function cardOf(ticker: string, date: string, facts: Partial<ScoreCard> = {}): ScoreCard {
  const bar = { date, open: 1000, high: 1060, low: 990, close: 1050, volume: 10 }
  const card = score(rising, createSeries({ ticker, bars: [bar] }))
  return { ...JSON.parse(JSON.stringify(card)), ...facts }
}

/** A finished scan of one date. */
export function scanOf(
  asOf: FinishedScan['asOf'],
  cards: readonly ScoreCard[],
  more: Partial<FinishedScan> = {},
): Parameters<SignalStore['saveScan']>[0] {
  return { asOf, strategies: [rising.id], eligible: 2, cards, ...more }
}

/** JSON of a value with its fields in one order; a store may keep them in another. */
export function sorted(value: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null))
  return order(plain)
}

/** The code with which work was refused; `done` when it was not. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => (isRalphError(error) ? error.code : 'another error'),
  )
}

function order(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(order)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, order(inner)]),
  )
}
