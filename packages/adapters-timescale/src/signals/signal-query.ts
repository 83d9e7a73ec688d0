import type { SignalCursor, SignalQuery } from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'
import { where } from '../repositories/repository.js'

// The day trade's signals have a table of their own; those of every other strategy share one.
const DAY_TRADE = 'daytrade'

/** The tables that signals are kept in. */
export type SignalTable = 'signals' | 'daytrading_signals'

/** The table of a strategy. */
export function tableOf(strategyId: string): SignalTable {
  return strategyId === DAY_TRADE ? 'daytrading_signals' : 'signals'
}

/** The tables of a strategy, or of all. */
export function tablesOf(strategyId: string | undefined): readonly SignalTable[] {
  return strategyId === undefined ? ['signals', 'daytrading_signals'] : [tableOf(strategyId)]
}

/** The conditions of a query on a table named `s`. */
export function conditionsOf(query: Omit<SignalQuery, 'limit'>): RawBuilder<unknown> {
  const equal = (column: string, value: string | undefined): RawBuilder<unknown> | null =>
    value === undefined ? null : sql`${sql.ref(`s.${column}`)} = ${value}`
  return where([
    equal('strategy_id', query.strategyId),
    equal('status', query.status),
    equal('market', query.market),
    equal('ticker', query.ticker),
    equal('grade', query.grade),
    query.minimumScore === undefined ? null : sql`s.score >= ${query.minimumScore}`,
    query.from === undefined ? null : sql`s.signal_date >= ${query.from}`,
    query.to === undefined ? null : sql`s.signal_date <= ${query.to}`,
    query.before === undefined ? null : afterCursor(query.before),
  ])
}

/** Newest first, and no two alike: ids are unique within a table, and a strategy has one table. */
export const NEWEST_FIRST: RawBuilder<unknown> = sql`signal_date desc, id desc, strategy_id desc`

/** Rows of a query, newest first: each table gives a page from its index, and the pages are merged. */
export function newestOf(query: SignalQuery, columns: RawBuilder<unknown>): RawBuilder<unknown> {
  const limit = query.limit === undefined ? sql`` : sql`limit ${query.limit}`
  const parts = tablesOf(query.strategyId).map(
    (table) => sql`(select ${columns} from ${sql.table(table)} s ${conditionsOf(query)}
      order by ${NEWEST_FIRST} ${limit})`,
  )
  return sql`select u.* from (${sql.join(parts, sql` union all `)}) u order by ${NEWEST_FIRST} ${limit}`
}

function afterCursor({ signalDate, id, strategyId }: SignalCursor): RawBuilder<unknown> {
  return sql`(s.signal_date, s.id, s.strategy_id) < (${signalDate}::date, ${id}::integer, ${strategyId}::text)`
}
