import { type StoreSummary, tradeDate } from '@ralph-stock/core'
import { sql } from 'kysely'
import type { Engine } from '../engine.js'

/** Counts the rows of the store, in one statement. */
export async function summarize({ db }: Engine): Promise<StoreSummary> {
  const { rows } = await sql<{
    stocks: number
    bars: number
    flows: number
    index_bars: number
    first_date: string | null
    last_date: string | null
    sources: string[]
  }>`
    select
      (select count(*) from stocks) as stocks, p.bars, p.first_date, p.last_date,
      (select count(*) from institutional_flows) as flows,
      (select count(*) from index_bars) as index_bars,
      (select coalesce(json_agg(distinct i.source order by i.source), '[]') from imports i
        where i.id in (select distinct import_id from daily_prices)) as sources
    from (
      select count(*) as bars, min(date) as first_date, max(date) as last_date from daily_prices
    ) p`.execute(db)
  const row = rows[0]
  if (row === undefined) throw new Error('an aggregate gave no row')
  return {
    stocks: Number(row.stocks),
    bars: Number(row.bars),
    flows: Number(row.flows),
    indexBars: Number(row.index_bars),
    firstDate: row.first_date === null ? null : tradeDate(row.first_date),
    lastDate: row.last_date === null ? null : tradeDate(row.last_date),
    sources: row.sources,
  }
}
