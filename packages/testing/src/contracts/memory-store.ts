import {
  alignFlows,
  type BarStore,
  fromDayNumber,
  type KeyColumns,
  type LoadRequest,
  type MarketBatch,
  type MarketInput,
  partRows,
  type Stock,
  seriesFromColumns,
  tailOf,
  type WriteCount,
} from '@ralph-stock/core'

type Row = Readonly<Record<string, number>>

// Of a stock and date, what was known since when, the newest last.
type Versions = ReadonlyArray<{ readonly knownAt: number; readonly row: Row }>

/** A store in plain maps: the least that keeps the contract, and the fixture that tests it. */
export function memoryStore(): BarStore {
  const stocks = new Map<string, Stock>()
  const tables = { bars: new Map<string, Versions>(), flows: new Map<string, Versions>() }
  const indexes = new Map<string, Versions>()
  const sources = new Set<string>()
  let listDay: number | null = null

  const loadSeries = (table: Map<string, Versions>, ticker: string, request: LoadRequest) => {
    const rows = rowsOf(table, ticker, request.knownAt).filter(
      ({ day }) => request.through === undefined || fromDayNumber(day) <= request.through,
    )
    const column = (name: string): Float64Array =>
      Float64Array.from(rows, ({ row }) => row[name] ?? Number.NaN)
    const days = Int32Array.from(rows, ({ day }) => day)
    return { days, column }
  }

  const seriesOf = (table: Map<string, Versions>, ticker: string, request: LoadRequest) => {
    const { days, column } = loadSeries(table, ticker, request)
    const parted = partRows({
      days,
      open: column('open'),
      high: column('high'),
      low: column('low'),
      close: column('close'),
      volume: column('volume'),
      tradedValue: null,
      rawClose: null,
    })
    const flows = loadSeries(tables.flows, ticker, request)
    const aligned = alignFlows(parted.days, parted.columns['bars.close'] as Float64Array, {
      days: flows.days,
      foreignNetValue: flows.column('foreignNetValue'),
      institutionNetValue: flows.column('institutionNetValue'),
      foreignNetVolume: flows.column('foreignNetVolume'),
      institutionNetVolume: flows.column('institutionNetVolume'),
      provisional: null,
    })
    const columns = { ...parted.columns, ...aligned.columns }
    const series = seriesFromColumns({ ticker, ...parted, columns })
    return request.bars === undefined ? series : tailOf(series, series.length, request.bars)
  }

  return {
    async write(batch: MarketBatch) {
      const listed = batch.stocks.map((stock) => {
        const known = JSON.stringify(stocks.get(stock.ticker))
        stocks.set(stock.ticker, stock)
        return known === undefined
          ? 'inserted'
          : known === JSON.stringify(stock)
            ? 'unchanged'
            : 'updated'
      })
      if (batch.listDay !== null) listDay = batch.listDay
      if (batch.bars !== null) sources.add(batch.source)
      return {
        stocks: count(listed),
        bars: count(put(tables.bars, batch.bars, batch.knownAt)),
        flows: count(put(tables.flows, batch.flows, batch.knownAt)),
        indexes: count(put(indexes, batch.indexes, batch.knownAt)),
      }
    },
    async load(request: LoadRequest = {}): Promise<MarketInput> {
      const wanted = [...stocks.values()].filter(
        ({ ticker }) => request.tickers?.includes(ticker) ?? true,
      )
      const names = [...new Set([...indexes.keys()].map((key) => key.split('/')[0] as string))]
      return {
        stocks: wanted.map((stock) => {
          return { stock, series: seriesOf(tables.bars, stock.ticker, request) }
        }),
        indexes: Object.fromEntries(
          names.map((name) => [name, seriesOf(indexes, name, { ...request, bars: 1e6 })]),
        ),
        universeDay: listDay,
      }
    },
    async summary() {
      const days = [...tables.bars.keys()].map((key) => Number(key.split('/')[1])).sort()
      const [first, last] = [days[0], days.at(-1)]
      return {
        stocks: stocks.size,
        bars: tables.bars.size,
        flows: tables.flows.size,
        indexBars: indexes.size,
        firstDate: first === undefined ? null : fromDayNumber(first),
        lastDate: last === undefined ? null : fromDayNumber(last),
        sources: [...sources],
      }
    },
    async close() {},
  }
}

function rowsOf(
  table: Map<string, Versions>,
  ticker: string,
  knownAt = Number.POSITIVE_INFINITY,
): { day: number; row: Row }[] {
  return [...table]
    .filter(([key]) => key.startsWith(`${ticker}/`))
    .flatMap(([key, versions]) => {
      const row = versions.findLast((version) => version.knownAt <= knownAt)?.row
      return row === undefined ? [] : [{ day: Number(key.split('/')[1]), row }]
    })
    .sort((a, b) => a.day - b.day)
}

function put(table: Map<string, Versions>, rows: KeyColumns | null, knownAt: number): string[] {
  if (rows === null) return []
  const columns = Object.entries(rows).flatMap(([name, values]: [string, unknown]) =>
    values instanceof Float64Array ? [[name, values] as const] : [],
  )
  return Array.from(rows.ticker, (position, k) => {
    const key = `${rows.tickers[position]}/${rows.day[k]}`
    const row = Object.fromEntries(columns.map(([name, values]) => [name, values[k] as number]))
    const versions = table.get(key) ?? []
    const newest = versions.at(-1)
    const alike = newest !== undefined && JSON.stringify(newest.row) === JSON.stringify(row)
    if (alike && knownAt >= newest.knownAt) return 'unchanged'
    table.set(
      key,
      [...versions, { knownAt, row }].sort((a, b) => a.knownAt - b.knownAt),
    )
    if (newest === undefined) return 'inserted'
    return knownAt < newest.knownAt ? 'unchanged' : 'updated'
  })
}

function count(outcomes: readonly string[]): WriteCount {
  const of = (outcome: string): number => outcomes.filter((one) => one === outcome).length
  return { inserted: of('inserted'), updated: of('updated'), unchanged: of('unchanged') }
}
