import {
  alignFlows,
  type FlowRows,
  type IndexRows,
  type KeyColumns,
  type MarketBatch,
  type MarketInput,
  partRows,
  type Series,
  seriesFromColumns,
} from '@ralph-stock/core'

/**
 * A batch as a market in memory, without a store between them: for tests, examples and programs that
 * keep their own data.
 *
 * @throws RalphError E_BARS_UNSORTED, E_BARS_DUPLICATE
 * @example const market = createMarket(marketFromBatch(demoMarket()))
 */
export function marketFromBatch(batch: MarketBatch): MarketInput {
  const flows = batch.flows === null ? null : { rows: batch.flows, of: rowsByKey(batch.flows) }
  const { bars } = batch
  const barsOf = bars === null ? null : rowsByKey(bars)
  const stocks = batch.stocks.map((stock) => {
    const rows = barsOf?.get(stock.ticker) ?? new Int32Array(0)
    const parted = partRows({
      days: pick(bars?.day ?? new Int32Array(0), rows),
      open: pick(bars?.open ?? NOTHING, rows),
      high: pick(bars?.high ?? NOTHING, rows),
      low: pick(bars?.low ?? NOTHING, rows),
      close: pick(bars?.close ?? NOTHING, rows),
      volume: pick(bars?.volume ?? NOTHING, rows),
      tradedValue: optional(bars?.tradedValue ?? null, rows),
      rawClose: optional(bars?.rawClose ?? null, rows),
    })
    const own = flows?.of.get(stock.ticker)
    const close = parted.columns['bars.close'] as Float64Array
    const aligned =
      flows === null || own === undefined
        ? null
        : alignFlows(parted.days, close, flowColumns(flows.rows, own))
    return {
      stock,
      series: seriesFromColumns({
        ticker: stock.ticker,
        days: parted.days,
        columns: { ...parted.columns, ...aligned?.columns },
        halts: parted.halts,
        issues: parted.issues,
        provisionalFlows: aligned?.provisional ?? null,
      }),
    }
  })
  return {
    stocks,
    indexes: batch.indexes === null ? {} : indexSeries(batch.indexes),
    universeDay: batch.listDay,
  }
}

const NOTHING = new Float64Array(0)

/** Positions of each key's rows, by ascending day. */
function rowsByKey(rows: KeyColumns): Map<string, Int32Array> {
  const lists = rows.tickers.map((): number[] => [])
  for (let row = 0; row < rows.length; row++) lists[rows.ticker[row] as number]?.push(row)
  return new Map(
    rows.tickers.map((key, position) => {
      const own = lists[position] as number[]
      own.sort((a, b) => (rows.day[a] as number) - (rows.day[b] as number))
      return [key, Int32Array.from(own)]
    }),
  )
}

function flowColumns(flows: FlowRows, rows: Int32Array): Parameters<typeof alignFlows>[2] {
  return {
    days: pick(flows.day, rows),
    foreignNetValue: pick(flows.foreignNetValue, rows),
    institutionNetValue: pick(flows.institutionNetValue, rows),
    foreignNetVolume: pick(flows.foreignNetVolume, rows),
    institutionNetVolume: pick(flows.institutionNetVolume, rows),
    provisional: flows.provisional === null ? null : pick(flows.provisional, rows),
  }
}

function indexSeries(indexes: IndexRows): Record<string, Series> {
  const result: Record<string, Series> = {}
  for (const [name, rows] of rowsByKey(indexes)) {
    const { open, high, low, close, volume, tradedValue } = indexes
    const columns: Record<string, Float64Array> = {}
    for (const [field, values] of Object.entries({
      open,
      high,
      low,
      close,
      volume,
      tradedValue,
    })) {
      columns[`bars.${field}`] = pick(values, rows)
    }
    result[name] = seriesFromColumns({ ticker: name, days: pick(indexes.day, rows), columns })
  }
  return result
}

function pick<T extends Float64Array | Int32Array | Uint8Array>(values: T, rows: Int32Array): T {
  // Sound: each kind of array makes one of its own kind.
  const make = values.constructor as new (length: number) => T
  const result = new make(rows.length)
  for (let k = 0; k < rows.length; k++) result[k] = values[rows[k] as number] as number
  return result
}

function optional(values: Float64Array | null, rows: Int32Array): Float64Array | null {
  return values === null ? null : pick(values, rows)
}
