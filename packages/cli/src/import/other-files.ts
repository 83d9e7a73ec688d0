import type { FlowRows, IndexRows } from '@ralph-stock/core'
import { extentOf, TICKER, TICKER_FORM } from './bars-file.js'
import { readNumericTable } from './numeric-table.js'
import type { FlowsReport, IndexesReport } from './report.js'
import { pick, pickKeys, selectRows } from './row-order.js'
import type { SourceFile } from './source-file.js'

const NET = { whole: false, negative: true, blank: true }
const FLOWS = {
  key: 'ticker',
  keyPattern: TICKER,
  keyForm: TICKER_FORM,
  numbers: [
    'foreign_net_value',
    'institution_net_value',
    'foreign_net_volume',
    'institution_net_volume',
  ].map((name) => ({ name, ...NET })),
} as const

const LEVEL = { whole: false, negative: false, blank: false }
const INDEXES = {
  key: 'index',
  keyPattern: /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,29}$/,
  keyForm: 'the name of an index such as KOSPI',
  numbers: [
    ...['open', 'high', 'low', 'close'].map((name) => ({ name, ...LEVEL })),
    ...['volume', 'trading_value'].map((name) => ({ name, ...LEVEL, blank: true })),
  ],
} as const

/**
 * Reads net buying by date; a figure may be blank, a row without any figure says nothing.
 *
 * @throws RalphError E_IMPORT_*
 */
export function readFlows(
  file: SourceFile,
  isListed: (ticker: string) => boolean,
): { readonly rows: FlowRows; readonly report: FlowsReport } {
  const table = readNumericTable(file, FLOWS)
  const selection = selectRows(table, isListed)
  const [a, b, c, d] = table.values as readonly [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const rows = selection.rows.filter(
    (row) => !table.values.every((column) => Number.isNaN(column[row])),
  )
  const keys = pickKeys(table, rows)
  return {
    rows: {
      ...keys,
      foreignNetValue: pick(a, rows),
      institutionNetValue: pick(b, rows),
      foreignNetVolume: pick(c, rows),
      institutionNetVolume: pick(d, rows),
      provisional: null,
    },
    report: {
      file: table.file,
      read: table.rows.length,
      kept: rows.length,
      tickers: new Set(keys.ticker).size,
      ...extentOf(keys.day),
      refused: {
        unknownTicker: selection.unknown,
        duplicate: selection.duplicates,
        blank: selection.rows.length - rows.length,
      },
      unknownTickers: selection.unknownKeys,
      complete: table.complete,
    },
  }
}

/**
 * Reads daily index values.
 *
 * @throws RalphError E_IMPORT_*
 */
export function readIndexes(file: SourceFile): {
  readonly rows: IndexRows
  readonly report: IndexesReport
} {
  const table = readNumericTable(file, INDEXES)
  const { rows, duplicates } = selectRows(table)
  const keys = pickKeys(table, rows)
  const [open, high, low, close, volume, tradedValue] = table.values.map((column) =>
    pick(column, rows),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
  return {
    rows: { ...keys, open, high, low, close, volume, tradedValue },
    report: {
      file: table.file,
      read: table.rows.length,
      kept: rows.length,
      names: keys.tickers,
      ...extentOf(keys.day),
      refused: { duplicate: duplicates },
      complete: table.complete,
    },
  }
}
