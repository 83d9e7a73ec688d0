import { fromDayNumber, type LoadRequest, type TradeDate, tradeDate } from '@ralph-stock/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { CopyDecoder } from '../binary/decode.js'
import type { Session } from '../engine.js'
import type { StoreSchema } from '../schema.js'
import { instantLiteral, rowsKnownAt } from './rows-known-at.js'

/** A packed column: the SQL of one value's bytes. */
export type PackedColumn = RawBuilder<unknown>

/** The days of a row, as `decodeDays` reads them. */
export const PACKED_DATE: PackedColumn = sql`date_send(r.date)`

/** A number, NaN where missing, as `decodeFloats` reads it. */
export function packedFloat(name: string): PackedColumn {
  return sql`float8send(coalesce(${sql.ref(`r.${name}`)}, 'NaN'))`
}

/** Which rows of a table to load. */
export type RowsRequest = LoadRequest & {
  readonly table: 'daily_prices' | 'institutional_flows' | 'index_bars'
  readonly columns: readonly PackedColumn[]
  /** By ticker, the day from which on its rows are read; others are not. Instead of `bars`. */
  readonly since?: ReadonlyMap<string, number>
}

/**
 * Reads rows of a table as one packed value per ticker and column: 2,600 tuples for 650,000 rows.
 *
 * The rows of a ticker come in any order, mostly by date; the columns of one read agree with each other.
 */
export async function loadPacked(
  { db, copyOut }: Session,
  request: RowsRequest,
  each: (ticker: string, columns: ReadonlyArray<Buffer | null>) => void,
): Promise<void> {
  const packed = request.columns.map((column) => sql`string_agg(${column}, ''::bytea)`)
  const decoder = new CopyDecoder(([ticker, ...columns]) => {
    each((ticker as Buffer).toString('utf8'), columns)
  })
  await copyOut(selectOf(request, packed).compile(db).sql, (piece) => decoder.push(piece))
  decoder.end()
}

// COPY takes no parameters, so the conditions are literals, quoted by Kysely.
function selectOf(
  request: RowsRequest,
  packed: readonly RawBuilder<unknown>[],
): RawBuilder<unknown> {
  const { table, through, bars, since, tickers, knownAt } = request
  const conditions = [sql`true`]
  if (through !== undefined) conditions.push(sql`r.date <= ${dateLiteral(through)}`)
  if (tickers !== undefined) conditions.push(tickerCondition(tickers))
  const columns = sql`r.ticker, ${sql.join(packed)}`
  const where = sql`where ${sql.join(conditions, sql` and `)}`
  const source = knownAt === undefined ? sql.table(table) : rowsKnownAt(table, knownAt)
  const rows = sql`from ${source} r`
  if (since !== undefined) {
    const firsts = [...since].map(
      ([ticker, day]) => sql`(${sql.lit(ticker)}, ${dateLiteral(fromDayNumber(day))})`,
    )
    if (firsts.length === 0) return sql`select ${columns} ${rows} where false group by r.ticker`
    return sql`select ${columns} from (values ${sql.join(firsts)}) f(ticker, date)
      join ${source} r on r.ticker = f.ticker and r.date >= f.date
      ${where} group by r.ticker`
  }
  if (bars === undefined) return sql`select ${columns} ${rows} ${where} group by r.ticker`
  const before = through === undefined ? sql`` : sql`and p.date <= ${dateLiteral(through)}`
  // Computed once per ticker, walking its index from the newest row back.
  return sql`with first as materialized (
      select k.ticker, coalesce((
        select p.date from daily_prices p
        where p.ticker = k.ticker and p.volume > 0 ${before}
        order by p.date desc offset ${sql.lit(bars - 1)} limit 1
      ), '-infinity') as date
      from (select distinct r.ticker ${rows} ${where}) k
    )
    select ${columns} from first f join ${source} r on r.ticker = f.ticker and r.date >= f.date
    ${where} group by r.ticker`
}

function tickerCondition(tickers: readonly string[]): RawBuilder<unknown> {
  if (tickers.length === 0) return sql`false`
  return sql`r.ticker in (${sql.join(tickers.map((ticker) => sql.lit(ticker)))})`
}

function dateLiteral(date: TradeDate): RawBuilder<unknown> {
  return sql`${sql.lit(tradeDate(date))}::date`
}

/** Which optional columns any import brought that was known at an instant; any at all unless told. */
export async function optionalColumns(
  db: Kysely<StoreSchema>,
  knownAt: number | undefined,
): Promise<{ readonly tradingValue: boolean; readonly rawClose: boolean }> {
  const row = await db
    .selectFrom('imports')
    .select(({ fn }) => [
      fn.agg<boolean | null>('bool_or', ['has_trading_value']).as('tradingValue'),
      fn.agg<boolean | null>('bool_or', ['has_raw_close']).as('rawClose'),
    ])
    .where(
      knownAt === undefined
        ? sql<boolean>`true`
        : sql<boolean>`known_at <= ${instantLiteral(knownAt)}`,
    )
    .executeTakeFirst()
  return { tradingValue: row?.tradingValue === true, rawClose: row?.rawClose === true }
}
