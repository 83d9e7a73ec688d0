import type {
  BarRows,
  FlowRows,
  IndexRows,
  KeyColumns,
  MarketBatch,
  MarketInput,
  Series,
} from '@ralph-stock/core'

/** Who says so and when, of a batch that is made of a market. */
export type BatchOrigin = Pick<MarketBatch, 'source' | 'knownAt'>

type Row = { readonly series: Series; readonly key: number; readonly bar: number }

/**
 * A market in memory as a batch: the inverse of `marketFromBatch`. Halts come back as rows with volume 0
 * and the last close; net buying in shares is not kept by a series, and so is missing.
 *
 * @example createSimulator({ past: batchFromMarket(await store.load({ bars: 320 })) })
 */
export function batchFromMarket(
  { stocks, indexes = {}, universeDay = null }: MarketInput,
  origin: BatchOrigin = { source: 'market', knownAt: 0 },
): MarketBatch {
  const all = stocks.map(({ series }) => series)
  return {
    ...origin,
    stocks: stocks.map(({ stock }) => stock),
    listDay: universeDay,
    bars: barRows(all),
    flows: flowRows(all),
    indexes: indexRows(Object.values(indexes)),
  }
}

function barRows(all: readonly Series[]): BarRows {
  const rows = all.flatMap((series, key) => [
    ...barsOf(series, key),
    ...Array.from(series.halts, (_, halt): Row => ({ series, key, bar: -1 - halt })),
  ])
  const columns = (name: string): Float64Array => columnOf(rows, name)
  const close = columns('bars.close')
  const volume = columns('bars.volume')
  const stands = [columns('bars.open'), columns('bars.high'), columns('bars.low')] as const
  rows.forEach(({ series, bar }, row) => {
    if (bar >= 0) return
    const still = lastCloseBefore(series, series.halts[-1 - bar] as number)
    for (const column of [...stands, close]) column[row] = still
    volume[row] = 0
  })
  const [open, high, low] = stands
  const optional = (name: string): Float64Array | null =>
    all.some((series) => series.columns[name] !== undefined) ? columns(name) : null
  return {
    ...keysOf(all, rows),
    open,
    high,
    low,
    close,
    volume,
    tradedValue: optional('bars.tradedValue'),
    rawClose: optional('bars.rawClose'),
  }
}

function flowRows(all: readonly Series[]): FlowRows {
  const rows = all.flatMap((series, key) =>
    barsOf(series, key).filter(({ bar }) =>
      ['flows.foreign', 'flows.institution'].some(
        (name) => !Number.isNaN(series.columns[name]?.[bar] ?? Number.NaN),
      ),
    ),
  )
  const none = new Float64Array(rows.length).fill(Number.NaN)
  const marks = Uint8Array.from(rows, ({ series, bar }) => series.provisionalFlows?.[bar] ?? 0)
  return {
    ...keysOf(all, rows),
    foreignNetValue: columnOf(rows, 'flows.foreign'),
    institutionNetValue: columnOf(rows, 'flows.institution'),
    foreignNetVolume: none,
    institutionNetVolume: none,
    provisional: marks.some((mark) => mark === 1) ? marks : null,
  }
}

function indexRows(all: readonly Series[]): IndexRows {
  const rows = all.flatMap(barsOf)
  return {
    ...keysOf(all, rows),
    open: columnOf(rows, 'bars.open'),
    high: columnOf(rows, 'bars.high'),
    low: columnOf(rows, 'bars.low'),
    close: columnOf(rows, 'bars.close'),
    volume: columnOf(rows, 'bars.volume'),
    tradedValue: columnOf(rows, 'bars.tradedValue'),
  }
}

function barsOf(series: Series, key: number): Row[] {
  return Array.from({ length: series.length }, (_, bar) => ({ series, key, bar }))
}

function keysOf(all: readonly Series[], rows: readonly Row[]): KeyColumns {
  return {
    length: rows.length,
    tickers: all.map(({ ticker }) => ticker),
    ticker: Int32Array.from(rows, ({ key }) => key),
    day: Int32Array.from(rows, ({ series, bar }) =>
      // Sound: positions below 0 count the halts, the others the bars.
      bar < 0 ? (series.halts[-1 - bar] as number) : (series.days[bar] as number),
    ),
  }
}

function columnOf(rows: readonly Row[], name: string): Float64Array {
  return Float64Array.from(rows, ({ series, bar }) => series.columns[name]?.[bar] ?? Number.NaN)
}

function lastCloseBefore({ days, columns }: Series, day: number): number {
  let bar = days.length - 1
  while (bar >= 0 && (days[bar] as number) > day) bar--
  return columns['bars.close']?.[bar] ?? 0
}
