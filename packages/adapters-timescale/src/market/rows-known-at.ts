import { type RawBuilder, sql } from 'kysely'
import { DAILY_PRICES, type DailyTable, FLOWS, INDEX_BARS } from './tables.js'

const TABLES: Readonly<Record<DailyTable['name'], readonly { readonly name: string }[]>> = {
  daily_prices: DAILY_PRICES.columns,
  institutional_flows: FLOWS.columns,
  index_bars: INDEX_BARS.columns,
}

/** SQL of an instant, as a literal: COPY takes no parameters. */
export function instantLiteral(epochMs: number): RawBuilder<unknown> {
  return sql`${sql.lit(new Date(epochMs).toISOString())}::timestamptz`
}

/**
 * A table as it was known at an instant, in brackets, to read from.
 *
 * A stored row is the newest of its date, so where it was known already it counts; otherwise the newest
 * revision that was known does, a final one before an estimate. A row of neither kind does not exist.
 */
export function rowsKnownAt(table: DailyTable['name'], epochMs: number): RawBuilder<unknown> {
  const stored = sql.table(table)
  const columns = ['ticker', 'date', ...TABLES[table].map(({ name }) => name)]
  const of = (alias: string): RawBuilder<unknown> =>
    sql.join(columns.map((name) => sql.ref(`${alias}.${name}`)))
  const known = sql`(select id from imports where known_at <= ${instantLiteral(epochMs)})`
  const finalFirst = table === 'institutional_flows' ? sql`v.provisional,` : sql``
  return sql`(
    select ${of('t')} from ${stored} t where t.import_id in ${known}
    union all
    (select distinct on (v.ticker, v.date) ${of('v')}
    from ${sql.table(`${table}_revisions`)} v
    join ${stored} t on t.ticker = v.ticker and t.date = v.date
    join imports i on i.id = v.import_id
    where t.import_id not in ${known} and i.known_at <= ${instantLiteral(epochMs)}
    order by v.ticker, v.date, ${finalFirst} i.known_at desc, i.id desc)
  )`
}
