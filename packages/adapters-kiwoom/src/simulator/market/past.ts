import { type BarRows, type KeyColumns, type MarketBatch, RalphError } from '@ralph-stock/core'
import type { IndexHistory } from './basis.js'
import type { Paper } from './listings.js'
import { type Parties, partiesOf } from './parties.js'
import { paperOf } from './past-papers.js'
import { emptyPath, type PricePath } from './price-path.js'

/** A given market: what it was, by paper and session. */
export type Past = {
  readonly papers: readonly Paper[]
  readonly sectors: readonly string[]
  /** Day numbers of its sessions. */
  readonly days: Int32Array
  readonly indexes: ReadonlyMap<string, IndexHistory>
  /** A paper's days at the beginning of a path of `length` days. */
  path(paper: Paper, length: number): PricePath
  /** Whether net buying was given of a paper, or of no paper at all. */
  hasFlows(paper: Paper): boolean
  parties(paper: Paper, at: number, unit: 'shares' | 'value'): Parties | null
}

const NO_ROWS: readonly number[] = []

/**
 * Reads a given market. A stock without a bar has no price to go on from and is left out; so are bars
 * of a stock that is not in its list.
 *
 * @throws RalphError E_PARAM_RANGE when nothing is left
 */
export function readPast(batch: MarketBatch, activity: number): Past {
  const { bars, flows, stocks } = batch
  if (bars === null || bars.length === 0) throw nothing()
  const days = Int32Array.from(new Set(bars.day)).sort()
  const position = new Map(Array.from(days, (day, at) => [day, at]))
  const barRows = rowsByTicker(bars)
  const flowRows = flows === null ? new Map<string, number[]>() : rowsByTicker(flows)
  const rowsOf = (ticker: string): readonly number[] => barRows.get(ticker) ?? NO_ROWS
  const listed = stocks.filter(({ ticker }) => rowsOf(ticker).length > 0)
  if (listed.length === 0) throw nothing()
  const sectors = [...new Set(listed.flatMap(({ sector }) => sector ?? []))].sort()
  const lastDay = days[days.length - 1] as number
  const papers = listed.map((stock, number) =>
    paperOf({ stock, number, bars, rows: rowsOf(stock.ticker), lastDay, sectors, activity }),
  )
  const net = papers.map(() => new Map<number, number>())
  for (const { code, number } of papers) {
    for (const row of flowRows.get(code) ?? NO_ROWS) {
      net[number]?.set(position.get(flows?.day[row] as number) ?? -1, row)
    }
  }
  return {
    papers,
    sectors,
    days,
    indexes: indexesOf(batch, position, days.length),
    path: (paper, length) => pathOf(bars, rowsOf(paper.code), position, days.length, length),
    hasFlows: (paper) => flows === null || flowRows.has(paper.code),
    parties: (paper, at, unit) => {
      const row = net[paper.number]?.get(at)
      if (flows === null || row === undefined) return null
      const close = (): number => {
        const bar = rowsOf(paper.code).find((one) => bars.day[one] === days[at])
        return bar === undefined ? Number.NaN : (bars.close[bar] as number)
      }
      const pick = (shares: Float64Array, value: Float64Array): number => {
        const known = (unit === 'shares' ? shares : value)[row] as number
        if (!Number.isNaN(known)) return known
        const other = (unit === 'shares' ? value : shares)[row] as number
        return Math.round(unit === 'shares' ? other / close() : other * close())
      }
      const foreign = pick(flows.foreignNetVolume, flows.foreignNetValue)
      const institution = pick(flows.institutionNetVolume, flows.institutionNetValue)
      return Number.isNaN(foreign + institution) ? null : partiesOf(foreign, institution)
    },
  }
}

function rowsByTicker(keys: KeyColumns): Map<string, number[]> {
  const rows = keys.tickers.map((): number[] => [])
  for (let row = 0; row < keys.length; row++) rows[keys.ticker[row] as number]?.push(row)
  const found = new Map<string, number[]>()
  rows.forEach((own, at) => {
    if (own.length === 0) return
    own.sort((a, b) => (keys.day[a] as number) - (keys.day[b] as number))
    found.set(keys.tickers[at] as string, own)
  })
  return found
}

function pathOf(
  bars: BarRows,
  rows: readonly number[],
  position: ReadonlyMap<number, number>,
  sessions: number,
  length: number,
): PricePath {
  const path = emptyPath(length)
  for (const row of rows) {
    // Sound: every day of a bar has its position.
    const at = position.get(bars.day[row] as number) as number
    path.open[at] = bars.open[row] as number
    path.high[at] = bars.high[row] as number
    path.low[at] = bars.low[row] as number
    path.close[at] = bars.close[row] as number
    path.volume[at] = Math.round(bars.volume[row] as number)
    path.value[at] = bars.tradedValue?.[row] ?? Number.NaN
  }
  let base = 0
  for (let at = 0; at < sessions; at++) {
    const close = path.close[at] as number
    if (base === 0) base = (path.open[at] as number) || close
    path.base[at] = base
    if (close > 0) base = close
  }
  return path
}

function indexesOf(
  { indexes }: MarketBatch,
  position: ReadonlyMap<number, number>,
  sessions: number,
): Map<string, IndexHistory> {
  const histories = new Map<string, IndexHistory>()
  if (indexes === null) return histories
  for (const [name, rows] of rowsByTicker(indexes)) {
    const make = (): Float64Array => new Float64Array(sessions)
    const history = {
      open: make(),
      high: make(),
      low: make(),
      close: make(),
      volume: make(),
      value: make(),
    }
    for (const row of rows) {
      const at = position.get(indexes.day[row] as number)
      if (at === undefined) continue
      history.open[at] = indexes.open[row] as number
      history.high[at] = indexes.high[row] as number
      history.low[at] = indexes.low[row] as number
      history.close[at] = indexes.close[row] as number
      history.volume[at] = indexes.volume[row] as number
      history.value[at] = indexes.tradedValue[row] as number
    }
    histories.set(name, history)
  }
  return histories
}

function nothing(): RalphError {
  return new RalphError('E_PARAM_RANGE', 'past must hold a stock with bars; found none', {
    name: 'past',
  })
}
