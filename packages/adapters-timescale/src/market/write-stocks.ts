import { fromDayNumber, type Stock, type WriteCount } from '@ralph-stock/core'
import { sql } from 'kysely'
import type { Session } from '../engine.js'

const FACTS = [
  'name',
  'market',
  'sector',
  'kind',
  'department',
  'listed_shares',
  'market_cap',
  'listing_date',
] as const

/**
 * Writes listings. A list that is not the newest is kept under its date and tells only of stocks that
 * were unknown so far; what is known of the others is newer.
 */
export async function writeStocks(
  { db }: Session,
  stocks: readonly Stock[],
  listDay: number | null,
  importId: number,
): Promise<WriteCount> {
  const list = JSON.stringify(stocks)
  let newest = true
  if (listDay !== null) {
    const date = fromDayNumber(listDay)
    const later = await db
      .selectFrom('stock_lists')
      .select('list_date')
      .where('list_date', '>', date)
      .limit(1)
      .executeTakeFirst()
    newest = later === undefined
    await db
      .insertInto('stock_lists')
      .values({ list_date: date, import_id: importId, stocks: list })
      .onConflict((conflict) =>
        conflict
          .column('list_date')
          .doUpdateSet({ stocks: (eb) => eb.ref('excluded.stocks'), import_id: importId })
          .whereRef('stock_lists.stocks', 'is distinct from', 'excluded.stocks'),
      )
      .execute()
  }
  const facts = sql.join(FACTS.map((name) => sql.ref(name)))
  const fresh = sql.join(FACTS.map((name) => sql.ref(`s.${name}`)))
  const stored = sql.join(FACTS.map((name) => sql.ref(`t.${name}`)))
  const { rows } = await sql<{ inserted: number; updated: number }>`
    with listed as (
      select ticker, name, market, sector, kind, department, "listedShares" as listed_shares,
        "marketCap" as market_cap, "listingDate" as listing_date
      from json_to_recordset(${list}::json) as l(
        ticker text, name text, market text, sector text, kind text, department text,
        "listedShares" double precision, "marketCap" double precision, "listingDate" date
      )
    ), changed as (
      select s.*, t.ticker is null as fresh
      from listed s left join stocks t on t.ticker = s.ticker
      where t.ticker is null
        or (${sql.lit(newest)} and row(${fresh}) is distinct from row(${stored}))
    ), written as (
      insert into stocks (ticker, ${facts}, import_id)
      select s.ticker, ${fresh}, ${importId}::integer from changed s
      on conflict (ticker) do update set
        ${sql.join(FACTS.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))},
        import_id = excluded.import_id, updated_at = now()
    )
    select count(*) filter (where fresh) as inserted, count(*) filter (where not fresh) as updated
    from changed`.execute(db)
  const inserted = Number(rows[0]?.inserted ?? 0)
  const updated = Number(rows[0]?.updated ?? 0)
  return { inserted, updated, unchanged: stocks.length - inserted - updated }
}
