import type { FinishedScan, ScoreCard, SignalEntry, StoredSignal } from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'

/** What of a row makes a `StoredSignal`. */
export type SignalRow = {
  readonly id: number
  readonly strategy_id: string
  readonly ticker: string
  readonly signal_date: string
  readonly status: StoredSignal['status']
  readonly card: StoredSignal['card']
  readonly entry_date: string | null
  readonly entry_time: Date | null
  readonly fill_price: number
  readonly target_price: number | null
  readonly stop_price: number | null
  readonly exit_date: string | null
  readonly exit_time: Date | null
  readonly exit_price: number | null
  readonly exit_reason: string
  readonly return_rate: number | null
  readonly created_at: Date
}

/** The columns of a `SignalRow`. */
export const SIGNAL_COLUMNS: RawBuilder<unknown> = sql`id, strategy_id, ticker, signal_date, status,
  card, entry_date, entry_time, fill_price, target_price, stop_price, exit_date, exit_time,
  exit_price, exit_reason, return_rate, created_at`

/** A signal as the port has it. */
export function signalOf(row: SignalRow): StoredSignal {
  return {
    id: row.id,
    strategyId: row.strategy_id,
    ticker: row.ticker,
    signalDate: row.signal_date,
    status: row.status,
    card: row.card,
    entry:
      row.entry_date === null
        ? null
        : { date: row.entry_date, price: row.fill_price, at: row.entry_time?.getTime() ?? null },
    target: row.target_price,
    stop: row.stop_price,
    exit:
      row.exit_date === null
        ? null
        : {
            exitDate: row.exit_date,
            exitPrice: row.exit_price,
            reason: row.exit_reason,
            returnRate: row.return_rate,
            at: row.exit_time?.getTime() ?? null,
          },
    createdAt: row.created_at.getTime(),
  }
}

/** Columns that a card fills, also when it corrects another. */
export const CARD_COLUMNS = [
  'strategy_version',
  'name',
  'market',
  'score',
  'max_score',
  'coverage',
  'grade',
  'entry_price',
  'target_price',
  'stop_price',
  'quantity',
  'card',
  'entry_date',
  'entry_time',
  'fill_price',
] as const

/** How the cards of a scan are entered. */
export type ScanEntry = Pick<FinishedScan, 'enteredAt' | 'fills'>

/** The columns of a card that becomes a signal. */
export function freshRow(card: ScoreCard, how: ScanEntry): Readonly<Record<string, unknown>> {
  const { plan } = card
  const entry = entryOf(card, how)
  return {
    strategy_id: card.strategyId,
    strategy_version: card.strategyVersion,
    ticker: card.ticker,
    name: card.name,
    market: card.market,
    signal_date: card.asOf,
    score: card.score,
    max_score: card.maxScore,
    coverage: card.coverage,
    grade: card.grade,
    entry_price: plan?.entry ?? null,
    target_price: plan?.target ?? null,
    stop_price: plan?.stop ?? null,
    quantity: plan?.quantity ?? null,
    card,
    entry_date: entry?.date ?? null,
    entry_time: entry === null || entry.at === null ? null : new Date(entry.at).toISOString(),
    fill_price: entry?.price ?? null,
  }
}

/** The signal that a fresh row became. */
export function addedSignal(
  card: ScoreCard,
  how: ScanEntry,
  { id, createdAt }: Pick<StoredSignal, 'id' | 'createdAt'>,
): StoredSignal {
  const { plan } = card
  return {
    id,
    strategyId: card.strategyId,
    ticker: card.ticker,
    signalDate: card.asOf,
    status: 'OPEN',
    card,
    entry: entryOf(card, how),
    target: plan?.target ?? null,
    stop: plan?.stop ?? null,
    exit: null,
    createdAt,
  }
}

function entryOf(card: ScoreCard, { enteredAt, fills }: ScanEntry): SignalEntry | null {
  const waits = enteredAt === undefined && fills?.[card.strategyId] === 'next-open'
  if (card.plan === null || waits) return null
  return { date: card.asOf, price: card.plan.entry, at: enteredAt ?? null }
}
