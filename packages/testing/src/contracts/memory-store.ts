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

/** A store in plain maps: the least that keeps the contract, and the fixture that tests it. */
export function memoryStore(): BarStore {
  const stocks = new Map<string, Stock>()
  const tables = { bars: new Map<string, Row>(), flows: new Map<string, Row>() }
  const indexes = new Map<string, Row>()
  const sources = new Set<string>()
  let listDay: number | null = null

  const loadSeries = (table: Map<string, Row>, ticker: string, request: LoadRequest) => {
    const rows = rowsOf(table, ticker).filter(
      ({ day }) => request.through === undefined || fromDayNumber(day) <= request.through,
    )
    const column = (name: string): Float64Array =>
      Float64Array.from(rows, ({ row }) => row[name] ?? Number.NaN)
    const days = Int32Array.from(rows, ({ day }) => day)
    return { days, column }
  }

  const seriesOf = (table: Map<string, Row>, ticker: string, request: LoadRequest) => {
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
        bars: count(put(tables.bars, batch.bars)),
        flows: count(put(tables.flows, batch.flows)),
        indexes: count(put(indexes, batch.indexes)),
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

function rowsOf(table: Map<string, Row>, ticker: string): { day: number; row: Row }[] {
  return [...table]
    .filter(([key]) => key.startsWith(`${ticker}/`))
    .map(([key, row]) => ({ day: Number(key.split('/')[1]), row }))
    .sort((a, b) => a.day - b.day)
}

function put(table: Map<string, Row>, rows: KeyColumns | null): string[] {
  if (rows === null) return []
  const columns = Object.entries(rows).flatMap(([name, values]: [string, unknown]) =>
    values instanceof Float64Array ? [[name, values] as const] : [],
  )
  return Array.from(rows.ticker, (position, k) => {
    const key = `${rows.tickers[position]}/${rows.day[k]}`
    const row = Object.fromEntries(columns.map(([name, values]) => [name, values[k] as number]))
    const known = JSON.stringify(table.get(key))
    table.set(key, row)
    return known === undefined
      ? 'inserted'
      : known === JSON.stringify(row)
        ? 'unchanged'
        : 'updated'
  })
}

function count(outcomes: readonly string[]): WriteCount {
  const of = (outcome: string): number => outcomes.filter((one) => one === outcome).length
  return { inserted: of('inserted'), updated: of('updated'), unchanged: of('unchanged') }
}
