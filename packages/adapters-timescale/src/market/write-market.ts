import { type BatchReport, type MarketBatch, RalphError } from '@ralph-stock/core'
import { sql } from 'kysely'
import type { Engine } from '../engine.js'
import { checkRows } from './check-rows.js'
import { removeSources } from './remove-sources.js'
import { DAILY_PRICES, FLOWS, INDEX_BARS } from './tables.js'
import { NO_ROWS, writeRows } from './write-rows.js'
import { writeStocks } from './write-stocks.js'

/**
 * Writes a batch in one transaction: all of it, or nothing.
 *
 * @throws RalphError E_BARS_SHAPE, E_BARS_DUPLICATE, E_BARS_VALUE, E_STOCK_DUPLICATE, E_STORE_*
 */
export function writeMarket(engine: Engine, batch: MarketBatch): Promise<BatchReport> {
  const { bars, flows, indexes, stocks } = batch
  requireDistinctStocks(batch)
  const barSpans =
    bars === null ? null : checkRows('bars', bars, pricesOf(bars, bars.rawClose), false)
  const flowSpans = flows === null ? null : checkRows('flows', flows, netsOf(flows), true)
  const indexSpans =
    indexes === null ? null : checkRows('indexes', indexes, pricesOf(indexes, null), false)
  return engine.transaction(async (session) => {
    // One writer at a time: a row that is absent now is absent when it is written.
    await sql`select pg_advisory_xact_lock(hashtext('ralph-stock market ' || current_schema()))`.execute(
      session.db,
    )
    await removeSources(session, batch.replaces ?? [])
    const written = await session.db
      .insertInto('imports')
      .values({
        source: batch.source,
        known_at: new Date(batch.knownAt).toISOString(),
        has_trading_value: (bars?.tradedValue ?? null) !== null,
        has_raw_close: (bars?.rawClose ?? null) !== null,
      })
      .returning([
        'id',
        // Whether what is stored may be newer than this batch.
        sql<boolean>`exists (select from imports i where i.known_at > imports.known_at)`.as('late'),
      ])
      .executeTakeFirstOrThrow()
    const { id } = written
    return {
      stocks: stocks.length === 0 ? NO_ROWS : await writeStocks(session, stocks, batch.listDay, id),
      bars:
        barSpans === null || bars === null
          ? NO_ROWS
          : await writeRows(session, DAILY_PRICES, bars, barSpans, written),
      flows:
        flowSpans === null || flows === null
          ? NO_ROWS
          : await writeRows(session, FLOWS, flows, flowSpans, written),
      indexes:
        indexSpans === null || indexes === null
          ? NO_ROWS
          : await writeRows(session, INDEX_BARS, indexes, indexSpans, written),
    }
  })
}

type Prices = NonNullable<MarketBatch['bars'] | MarketBatch['indexes']>

function pricesOf(
  rows: Prices,
  rawClose: Float64Array | null,
): Record<string, Float64Array | null> {
  const { open, high, low, close, volume, tradedValue } = rows
  return { open, high, low, close, volume, tradedValue, rawClose }
}

function netsOf(rows: NonNullable<MarketBatch['flows']>): Record<string, Float64Array> {
  const { foreignNetValue, institutionNetValue, foreignNetVolume, institutionNetVolume } = rows
  return { foreignNetValue, institutionNetValue, foreignNetVolume, institutionNetVolume }
}

function requireDistinctStocks({ stocks }: MarketBatch): void {
  const seen = new Set<string>()
  for (const { ticker } of stocks) {
    if (seen.has(ticker)) {
      throw new RalphError('E_STOCK_DUPLICATE', `the list holds ${ticker} twice`, { ticker })
    }
    seen.add(ticker)
  }
}
