import {
  alignFlows,
  dayNumber,
  type FlowColumns,
  type LoadRequest,
  type MarketInput,
  type PartedRows,
  type PriceRows,
  partRows,
  requireInteger,
  type Series,
  seriesFromColumns,
  tradeDate,
  unlistedStock,
} from '@ralph-stock/core'
import { sql } from 'kysely'
import { decodeDays, decodeFlags, decodeFloats } from '../binary/decode.js'
import type { Engine, Session } from '../engine.js'
import { inDateOrder } from './date-order.js'
import {
  firstSession,
  loadPacked,
  optionalColumns,
  PACKED_DATE,
  type PackedColumn,
  packedFloat,
  type RowsRequest,
} from './load-rows.js'
import { loadStocks } from './load-stocks.js'

const PRICES = ['open', 'high', 'low', 'close', 'volume'] as const
const NETS = [
  'foreign_net_buy_amount',
  'inst_net_buy_amount',
  'foreign_net_buy',
  'inst_net_buy',
] as const

// The last that its text in SQL can have.
const LAST_INSTANT = Date.UTC(9999, 11, 31)

/**
 * Loads the market into columns: a handful of statements whatever the number of stocks, no object per
 * row.
 *
 * @throws RalphError E_PARAM_RANGE, E_DATE_INVALID, E_STORE_*
 */
export function loadMarket(engine: Engine, request: LoadRequest = {}): Promise<MarketInput> {
  if (request.bars !== undefined) requireInteger('bars', request.bars, 1)
  if (request.through !== undefined) tradeDate(request.through)
  if (request.knownAt !== undefined) requireInteger('knownAt', request.knownAt, 0, LAST_INSTANT)
  return engine.transaction(async (session) => {
    const list = await loadStocks(session.db, request)
    const series = await loadSeries(session, request)
    const stocks = list.listed.map((stock) => ({
      stock,
      series: series.get(stock.ticker) ?? emptySeries(stock.ticker),
    }))
    const listed = new Set(list.listed.map(({ ticker }) => ticker))
    for (const [ticker, found] of series) {
      if (listed.has(ticker)) continue
      stocks.push({ stock: list.others.get(ticker) ?? unlistedStock(ticker), series: found })
    }
    return {
      stocks: stocks.sort((a, b) => (a.stock.ticker < b.stock.ticker ? -1 : 1)),
      indexes: await loadIndexes(session, request),
      universeDay: list.day,
    }
  }, 'read')
}

async function loadSeries(
  session: Session,
  { bars, ...request }: LoadRequest,
): Promise<Map<string, Series>> {
  const optional = await optionalColumns(session.db, request.knownAt)
  const result = new Map<string, Series>()
  const read = async (part: Part): Promise<void> => {
    // Series are made while the next stocks are still on their way.
    const flows = await loadFlows(session, part)
    await readBars(session, part, optional, (ticker, rows) => {
      const cut = bars === undefined ? rows : lastBars(rows, bars)
      result.set(ticker, seriesOf(ticker, cut, flows.get(ticker)))
    })
  }
  const from = bars === undefined ? null : await firstSession(session.db, request, bars)
  if (bars === undefined || from === null) {
    await read(request)
    return result
  }
  await read({ ...request, from })
  // Those with halts or wrong rows have more of their bars before that date; young ones have none.
  const except = [...result].filter(([, { length }]) => length === bars).map(([ticker]) => ticker)
  await read({ ...request, except })
  return result
}

type Part = Omit<RowsRequest, 'table' | 'columns'>

function seriesOf(ticker: string, rows: PartedRows, flows: FlowColumns | undefined): Series {
  const close = rows.columns['bars.close'] as Float64Array
  const aligned = flows === undefined ? null : alignFlows(rows.days, close, flows)
  return seriesFromColumns({
    ticker,
    days: rows.days,
    columns: aligned === null ? rows.columns : { ...rows.columns, ...aligned.columns },
    halts: rows.halts,
    issues: rows.issues,
    provisionalFlows: aligned?.provisional ?? null,
  })
}

type Optional = { readonly tradingValue: boolean; readonly rawClose: boolean }

async function readBars(
  session: Session,
  request: Part,
  optional: Optional,
  each: (ticker: string, rows: PartedRows) => void,
): Promise<void> {
  const columns: PackedColumn[] = [PACKED_DATE, ...PRICES.map(packedFloat)]
  if (optional.tradingValue) columns.push(packedFloat('trading_value'))
  if (optional.rawClose) columns.push(packedFloat('raw_close'))
  await loadPacked(session, { ...request, table: 'daily_prices', columns }, (ticker, packed) => {
    const [days, ...values] = inDateOrder(
      decodeDays(packed[0] ?? null),
      packed.slice(1).map(decodeFloats),
    )
    const [open, high, low, close, volume] = values as PriceColumns
    const rows: PriceRows = {
      days,
      open,
      high,
      low,
      close,
      volume,
      tradedValue: optional.tradingValue ? (values[5] ?? null) : null,
      rawClose: optional.rawClose ? (values.at(-1) ?? null) : null,
    }
    each(ticker, partRows(rows))
  })
}

// Sound: the columns are read in the order in which they are asked for.
type PriceColumns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
type NetColumns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

async function loadFlows(session: Session, request: Part): Promise<Map<string, FlowColumns>> {
  const result = new Map<string, FlowColumns>()
  const columns = [PACKED_DATE, ...NETS.map(packedFloat), sql`boolsend(r.provisional)`]
  await loadPacked(
    session,
    { ...request, table: 'institutional_flows', columns },
    (ticker, packed) => {
      const flags = decodeFlags(packed[5] ?? null)
      const provisional = flags === null ? [] : [Float64Array.from(flags)]
      const [days, ...values] = inDateOrder(decodeDays(packed[0] ?? null), [
        ...packed.slice(1, 5).map(decodeFloats),
        ...provisional,
      ])
      const [foreignNetValue, institutionNetValue, foreignNetVolume, institutionNetVolume] =
        values as NetColumns
      result.set(ticker, {
        days,
        foreignNetValue,
        institutionNetValue,
        foreignNetVolume,
        institutionNetVolume,
        provisional: flags === null ? null : Uint8Array.from(values[4] ?? []),
      })
    },
  )
  return result
}

async function loadIndexes(
  session: Session,
  { tickers: _, bars: __, ...unlimited }: LoadRequest,
): Promise<Record<string, Series>> {
  const result: Record<string, Series> = {}
  const columns = [PACKED_DATE, ...PRICES.map(packedFloat), packedFloat('trading_value')]
  await loadPacked(session, { ...unlimited, columns, table: 'index_bars' }, (name, packed) => {
    const [days, ...values] = inDateOrder(
      decodeDays(packed[0] ?? null),
      packed.slice(1).map(decodeFloats),
    )
    const named: Record<string, Float64Array> = {}
    for (const [i, column] of [...PRICES, 'tradedValue'].entries()) {
      named[`bars.${column}`] = values[i] as Float64Array
    }
    result[name] = seriesFromColumns({ ticker: name, days, columns: named })
  })
  return result
}

function lastBars(rows: PartedRows, count: number): PartedRows {
  const from = rows.days.length - count
  if (from <= 0) return rows
  const days = rows.days.slice(from)
  const first = days[0] as number
  const columns: Record<string, Float64Array> = {}
  for (const [name, values] of Object.entries(rows.columns)) columns[name] = values.slice(from)
  return {
    days,
    columns,
    halts: rows.halts.filter((day) => day > first),
    issues: rows.issues.filter(({ date }) => dayNumber(date) >= first),
  }
}

function emptySeries(ticker: string): Series {
  const none = new Float64Array(0)
  const columns = Object.fromEntries(PRICES.map((name) => [`bars.${name}`, none]))
  return seriesFromColumns({ ticker, days: new Int32Array(0), columns })
}
