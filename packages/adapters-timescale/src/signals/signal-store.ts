import type {
  FinishedScan,
  SavedScan,
  SignalExit,
  SignalQuery,
  StoredSignal,
} from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'
import { type Repositories, repositoriesOn } from '../repositories/index.js'
import { type Connection, where } from '../repositories/repository.js'
import type { SignalRepository } from '../repositories/signal-repository.js'

// The day trade's signals have a table of their own; those of every other strategy share one.
const DAY_TRADE = 'daytrade'

/** Keeps a scan and its signals. Use it in a transaction: five statements, however many cards. */
export async function saveScan(
  repositories: Repositories,
  { asOf, strategies, eligible, cards }: FinishedScan,
): Promise<SavedScan> {
  const run = await repositories.scans.add({ asOf, strategies, eligible, found: cards.length })
  const own = cards.filter(({ strategyId }) => strategyId === DAY_TRADE)
  const others = cards.filter(({ strategyId }) => strategyId !== DAY_TRADE)
  const a = await repositories.signals.add(run.id, others)
  const b = await repositories.daytradingSignals.add(run.id, own)
  return {
    scanId: run.id,
    added: a.added + b.added,
    corrected: a.corrected + b.corrected,
    kept: a.kept + b.kept,
  }
}

/** Signals of both tables, newest first, in one statement. */
export async function findSignals(
  db: Connection,
  query: SignalQuery = {},
): Promise<StoredSignal[]> {
  const { strategyId } = query
  const tables =
    strategyId === undefined
      ? ['signals', 'daytrading_signals']
      : [strategyId === DAY_TRADE ? 'daytrading_signals' : 'signals']
  const parts = tables.map((table) => selectOf(table, query))
  const { rows } = await sql<SignalRow>`${sql.join(parts, sql` union all `)}
    order by signal_date desc, id desc, strategy_id`.execute(db)
  return rows.map(signalOf)
}

/** @throws RalphError E_STORE_NOT_FOUND when the signal is not open */
export async function closeSignal(
  db: Connection,
  { id, strategyId }: Pick<StoredSignal, 'id' | 'strategyId'>,
  exit: SignalExit,
): Promise<void> {
  const { signals, daytradingSignals } = repositoriesOn(db)
  const table: SignalRepository = strategyId === DAY_TRADE ? daytradingSignals : signals
  await table.close(id, exit, strategyId)
}

type SignalRow = {
  readonly id: number
  readonly strategy_id: string
  readonly ticker: string
  readonly signal_date: string
  readonly status: StoredSignal['status']
  readonly card: StoredSignal['card']
  readonly exit_date: string | null
  readonly exit_price: number
  readonly exit_reason: string
  readonly return_rate: number
}

function selectOf(table: string, query: SignalQuery): RawBuilder<unknown> {
  const equal = (column: string, value: string | undefined): RawBuilder<unknown> | null =>
    value === undefined ? null : sql`${sql.ref(column)} = ${value}`
  return sql`select id, strategy_id, ticker, signal_date, status, card,
      exit_date, exit_price, exit_reason, return_rate
    from ${sql.table(table)} ${where([
      equal('strategy_id', query.strategyId),
      equal('status', query.status),
      equal('ticker', query.ticker),
    ])}`
}

function signalOf(row: SignalRow): StoredSignal {
  return {
    id: row.id,
    strategyId: row.strategy_id,
    ticker: row.ticker,
    signalDate: row.signal_date,
    status: row.status,
    card: row.card,
    exit:
      row.exit_date === null
        ? null
        : {
            exitDate: row.exit_date,
            exitPrice: row.exit_price,
            reason: row.exit_reason,
            returnRate: row.return_rate,
          },
  }
}
