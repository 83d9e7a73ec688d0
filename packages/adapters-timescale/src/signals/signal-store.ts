import type {
  FinishedScan,
  SavedScan,
  SignalExit,
  SignalFill,
  SignalKey,
  SignalQuery,
  StoredSignal,
} from '@ralph-stock/core'
import { RalphError } from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'
import type { Repositories } from '../repositories/index.js'
import type { Connection } from '../repositories/repository.js'
import { newestOf, tableOf } from './signal-query.js'
import { SIGNAL_COLUMNS, type SignalRow, signalOf } from './signal-row.js'

/** Keeps a scan and its signals. Use it in a transaction: five statements, however many cards. */
export async function saveScan(
  repositories: Repositories,
  { asOf, strategies, eligible, cards, ...entry }: FinishedScan,
): Promise<SavedScan> {
  const run = await repositories.scans.add({ asOf, strategies, eligible, found: cards.length })
  const own = cards.filter(({ strategyId }) => tableOf(strategyId) === 'daytrading_signals')
  const others = cards.filter(({ strategyId }) => tableOf(strategyId) === 'signals')
  const a = await repositories.signals.add(run.id, others, entry)
  const b = await repositories.daytradingSignals.add(run.id, own, entry)
  return {
    scanId: run.id,
    added: a.added + b.added,
    corrected: a.corrected + b.corrected,
    kept: a.kept + b.kept,
    signals: [...a.signals, ...b.signals],
  }
}

/** Signals of both tables, newest first, in one statement. */
export async function findSignals(
  db: Connection,
  query: SignalQuery = {},
): Promise<StoredSignal[]> {
  const { rows } = await sql<SignalRow>`${newestOf(query, SIGNAL_COLUMNS)}`.execute(db)
  return rows.map(signalOf)
}

/** @throws RalphError E_STORE_NOT_FOUND when the signal is not open, or entered already */
export async function enterSignal(
  db: Connection,
  key: SignalKey,
  { date, price, target, stop, at = null }: SignalFill,
): Promise<StoredSignal> {
  const changed = await change(
    db,
    key,
    sql`entry_date = ${date}, entry_time = ${instant(at)}, fill_price = ${price},
      target_price = ${target}, stop_price = ${stop}`,
    sql`status = 'OPEN' and entry_date is null`,
  )
  return required(changed, key, 'no open signal that waits for its entry')
}

/** @throws RalphError E_STORE_NOT_FOUND when the signal is not open */
export async function closeSignal(
  db: Connection,
  key: SignalKey,
  exit: SignalExit,
): Promise<StoredSignal> {
  const changed = await change(
    db,
    key,
    sql`status = 'CLOSED', exit_date = ${exit.exitDate}, exit_time = ${instant(exit.at)},
      exit_price = ${exit.exitPrice}, exit_reason = ${exit.reason},
      return_rate = ${exit.returnRate}`,
    sql`status = 'OPEN'`,
  )
  return required(changed, key, 'no open signal')
}

async function change(
  db: Connection,
  { id, strategyId }: SignalKey,
  assignments: RawBuilder<unknown>,
  condition: RawBuilder<unknown>,
): Promise<StoredSignal | null> {
  const { rows } = await sql<SignalRow>`update ${sql.table(tableOf(strategyId))}
    set ${assignments}, updated_at = now()
    where id = ${id} and strategy_id = ${strategyId} and ${condition}
    returning ${SIGNAL_COLUMNS}`.execute(db)
  return rows[0] === undefined ? null : signalOf(rows[0])
}

function required(found: StoredSignal | null, key: SignalKey, what: string): StoredSignal {
  if (found !== null) return found
  const { id, strategyId } = key
  throw new RalphError('E_STORE_NOT_FOUND', `${strategyId} has ${what} ${id}`, { id, strategyId })
}

function instant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}
