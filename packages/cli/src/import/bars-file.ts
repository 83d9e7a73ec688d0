import { type BarRows, classifyBar, type TradeDate } from '@ralph-stock/core'
import { named } from './field-reader.js'
import { type NumericTable, readNumericTable, requireRows } from './numeric-table.js'
import type { BarsReport, RowNote } from './report.js'
import { pick, pickKeys, selectRows } from './row-order.js'
import type { SourceFile } from './source-file.js'

/** What a ticker looks like in any file. */
export const TICKER: RegExp = /^[0-9A-Z]{6}$/
export const TICKER_FORM = 'six digits or capital letters, leading zeros kept'

const PRICE = { whole: true, negative: false, blank: false }

const LAYOUT = {
  key: 'ticker',
  keyPattern: TICKER,
  keyForm: TICKER_FORM,
  numbers: ['open', 'high', 'low', 'close', 'volume'].map((name) => ({ name, ...PRICE })),
} as const

/** Share of the last close that a price may move from it in a session. */
const PRICE_LIMIT = 0.3
/** Adjusted prices are rounded to whole won, which may push a move at the limit past it by half of one. */
const ROUNDING = 0.5

/** The sound rows of a file of daily prices, and what was found in all of them. */
export type BarsFile = { readonly rows: BarRows; readonly report: BarsReport }

/**
 * Reads daily prices: refuses rows of unknown tickers and rows that no market can print, widens what
 * rounding broke, and notes moves that the exchange does not allow.
 *
 * @throws RalphError E_IMPORT_*
 */
export function readBars(file: SourceFile, isListed: (ticker: string) => boolean): BarsFile {
  const table = readNumericTable(file, LAYOUT)
  requireRows(table)
  const { rows: selected, unknown, unknownKeys, duplicates } = selectRows(table, isListed)
  const [open, high, low, close, volume] = table.values as Columns
  const kept = new Int32Array(selected.length)
  let length = 0
  const halts = { openZero: 0, flat: 0 }
  const repaired: RowNote[] = []
  const inconsistent: RowNote[] = []
  for (let k = 0; k < selected.length; k++) {
    const row = selected[k] as number
    const o = open[row] as number
    const h = high[row] as number
    const l = low[row] as number
    const c = close[row] as number
    const kind = classifyBar(o, h, l, c, volume[row] as number)
    if (kind === 'halt') {
      if (o === 0) halts.openZero++
      else halts.flat++
    } else if (kind === 'repaired') {
      repaired.push(noteOf(table, row, `${o} ${h} ${l} ${c}`))
      high[row] = Math.max(h, o, c)
      low[row] = Math.min(l, o, c)
    } else if (kind === 'inconsistent') {
      inconsistent.push(noteOf(table, row, `${o} ${h} ${l} ${c}`))
      continue
    }
    kept[length++] = row
  }
  const rows = kept.subarray(0, length)
  const keys = pickKeys(table, rows)
  const bars: BarRows = {
    ...keys,
    open: pick(open, rows),
    high: pick(high, rows),
    low: pick(low, rows),
    close: pick(close, rows),
    volume: pick(volume, rows),
    tradedValue: null,
    rawClose: null,
  }
  return {
    rows: bars,
    report: {
      file: table.file,
      read: table.rows.length,
      kept: length,
      tickers: new Set(keys.ticker).size,
      ...extentOf(keys.day),
      halts,
      repaired,
      refused: { unknownTicker: unknown, duplicate: duplicates, inconsistent: inconsistent.length },
      unknownTickers: unknownKeys,
      inconsistent,
      beyondLimit: movesBeyondLimit(bars),
      complete: table.complete,
    },
  }
}

type Columns = readonly [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]

/** First and last date of rows in any order. */
export function extentOf(days: Int32Array): {
  readonly firstDate: TradeDate | null
  readonly lastDate: TradeDate | null
} {
  if (days.length === 0) return { firstDate: null, lastDate: null }
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const day of days) {
    if (day < first) first = day
    if (day > last) last = day
  }
  return { firstDate: named(first) as TradeDate, lastDate: named(last) as TradeDate }
}

function noteOf(table: NumericTable, row: number, found: string): RowNote {
  const { tickers, ticker, day } = table.rows
  return {
    ticker: tickers[ticker[row] as number] as string,
    date: named(day[row] as number),
    line: row + 2,
    found,
  }
}

// From one traded bar of a stock to the next; rows are in order of ticker and date.
function movesBeyondLimit(bars: BarRows): RowNote[] {
  const moves: RowNote[] = []
  let previous = -1
  for (let row = 0; row < bars.length; row++) {
    if (bars.volume[row] === 0) continue
    if (previous >= 0 && bars.ticker[previous] === bars.ticker[row]) {
      const before = bars.close[previous] as number
      const move = (bars.close[row] as number) - before
      if (Math.abs(move) > PRICE_LIMIT * before + ROUNDING) {
        const percent = ((100 * move) / before).toFixed(1)
        moves.push({
          ticker: bars.tickers[bars.ticker[row] as number] as string,
          date: named(bars.day[row] as number),
          line: null,
          found: `${move > 0 ? '+' : ''}${percent}%`,
        })
      }
    }
    previous = row
  }
  return moves
}
