import { sql } from 'kysely'
import type { Session } from '../engine.js'

const ROWS = [
  'daily_prices_revisions',
  'institutional_flows_revisions',
  'index_bars_revisions',
  'daily_prices',
  'institutional_flows',
  'index_bars',
  'stock_lists',
] as const
const SIGNALS = ['signals', 'daytrading_signals'] as const

/** Removes all that sources wrote, and the signals of stocks that only they listed. */
export async function removeSources(session: Session, sources: readonly string[]): Promise<void> {
  if (sources.length === 0) return
  const theirs = sql`import_id in (select id from imports where source = any(${[...sources]}))`
  for (const table of SIGNALS) {
    await sql`delete from ${sql.table(table)}
      where ticker in (select ticker from stocks where ${theirs})`.execute(session.db)
  }
  for (const table of [...ROWS, 'stocks']) {
    await sql`delete from ${sql.table(table)} where ${theirs}`.execute(session.db)
  }
}
