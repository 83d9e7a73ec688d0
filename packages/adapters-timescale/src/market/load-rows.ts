import { type LoadRequest, tradeDate } from '@ralph-stock/core'
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

// Stocks that tell the sessions.
const SAMPLE = 5

// A limited read looks at the table twice: with fewer sessions than so many times the limit, all of them
// are read at once and cut in memory.
const WORTHWHILE = 3

/** Which rows of a table to load. */
export type RowsRequest = Omit<LoadRequest, 'bars'> & {
  readonly table: 'daily_prices' | 'institutional_flows' | 'index_bars'
  readonly columns: readonly PackedColumn[]
  /** Rows of this date and later. */
  readonly from?: string
  /** Not these, where `tickers` would name nearly all. */
  readonly except?: readonly string[]
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
  const { table, through, from, tickers, except, knownAt } = request
  const conditions = [sql`true`]
  if (through !== undefined) conditions.push(sql`r.date <= ${dateLiteral(through)}`)
  if (from !== undefined) conditions.push(sql`r.date >= ${dateLiteral(from)}`)
  if (tickers !== undefined) conditions.push(tickerCondition(tickers))
  if (except !== undefined) conditions.push(sql`not ${tickerCondition(except)}`)
  const source = knownAt === undefined ? sql.table(table) : rowsKnownAt(table, knownAt)
  return sql`select r.ticker, ${sql.join(packed)} from ${source} r
    where ${sql.join(conditions, sql` and `)} group by r.ticker`
}

/**
 * The date on which the last `count` sessions begin; null where a reader of those sessions saves little.
 * The sessions are those of the largest stocks, which trade each day.
 */
export async function firstSession(
  db: Kysely<StoreSchema>,
  { through, tickers }: LoadRequest,
  count: number,
): Promise<string | null> {
  const among = tickers === undefined ? sql`` : sql`where ${tickerCondition(tickers)}`
  const until = through === undefined ? sql`` : sql`and p.date <= ${dateLiteral(through)}`
  const { rows } = await sql<{ date: string }>`select distinct p.date
    from (select r.ticker from stocks r ${among}
      order by r.market_cap desc nulls last limit ${sql.lit(SAMPLE)}) k
    join daily_prices p on p.ticker = k.ticker and p.volume > 0 ${until}
    order by p.date desc`.execute(db)
  return rows.length < count * WORTHWHILE ? null : (rows[count - 1]?.date ?? null)
}

function tickerCondition(tickers: readonly string[]): RawBuilder<unknown> {
  if (tickers.length === 0) return sql`false`
  return sql`r.ticker in (${sql.join(tickers.map((ticker) => sql.lit(ticker)))})`
}

function dateLiteral(date: string): RawBuilder<unknown> {
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
