import { isTradeDate, KRX_MARKETS, RalphError, type Stock } from '@ralph-stock/core'
import { TICKER, TICKER_FORM } from './bars-file.js'
import { createFieldReader, type FieldReader, found } from './field-reader.js'
import { readHeader } from './header.js'
import type { StocksReport } from './report.js'
import type { SourceFile } from './source-file.js'

const COLUMNS = [
  'ticker',
  'name',
  'market',
  'sector',
  'listed_shares',
  'market_cap',
  'listing_date',
  'department',
] as const

type Row = Record<(typeof COLUMNS)[number], string>

/**
 * Reads the list of stocks.
 *
 * @throws RalphError E_IMPORT_*
 */
export function readStocks(file: SourceFile): {
  readonly stocks: readonly Stock[]
  readonly report: StocksReport
} {
  const reader = createFieldReader(file)
  const header = readHeader(file.name, reader, COLUMNS)
  const byTicker = new Map<string, { readonly stock: Stock; readonly line: number }>()
  let read = 0
  let duplicates = 0
  for (; !reader.atEnd(); read++) {
    const stock = stockOf(reader, readRow(reader, header))
    const earlier = byTicker.get(stock.ticker)
    if (earlier === undefined) {
      byTicker.set(stock.ticker, { stock, line: reader.line })
      continue
    }
    if (JSON.stringify(earlier.stock) !== JSON.stringify(stock)) {
      throw new RalphError(
        'E_IMPORT_CONFLICT',
        `${file.name} lines ${earlier.line} and ${reader.line} differ for ${stock.ticker}; keep one`,
        { file: file.name, lines: [earlier.line, reader.line] },
      )
    }
    duplicates++
  }
  if (read === 0) {
    throw new RalphError('E_IMPORT_EMPTY', `${file.name} holds a header and no rows`)
  }
  const stocks = [...byTicker.values()].map((one) => one.stock)
  const markets: Record<string, number> = {}
  for (const { market } of stocks) markets[market] = (markets[market] ?? 0) + 1
  return {
    stocks,
    report: {
      file: file.name,
      read,
      kept: stocks.length,
      markets,
      blankSectors: stocks.filter((stock) => stock.sector === null).length,
      refused: { duplicate: duplicates },
    },
  }
}

function readRow(reader: FieldReader, header: ReturnType<typeof readHeader>): Row {
  const row: Partial<Row> = {}
  const width = header.roles.length
  for (let field = 0; field < width; field++) {
    reader.next()
    if (reader.lastOfLine !== (field === width - 1)) header.wrongWidth(field)
    const name = COLUMNS[header.roles[field] as number]
    if (name !== undefined) row[name] = reader.text().trim()
  }
  // Sound: the header names every column.
  return row as Row
}

// A name may hold anything that prints.
const UNPRINTABLE = /\p{Cc}|�/u

function stockOf(reader: FieldReader, row: Row): Stock {
  const fail = (message: string): never => reader.fail('E_IMPORT_VALUE', message)
  const text = (name: keyof Row): string | null => {
    const value = row[name]
    if (UNPRINTABLE.test(value)) fail(`${name} must be printable text; ${found(value)}`)
    return value === '' ? null : value
  }
  const count = (name: keyof Row): number | null => {
    const value = row[name]
    if (value === '') return null
    const amount = /^\d+(?:\.0*)?$/.test(value) ? Number(value) : Number.NaN
    if (!Number.isSafeInteger(amount)) fail(`${name} must be a whole number >= 0; ${found(value)}`)
    return amount
  }
  if (!TICKER.test(row.ticker)) fail(`ticker must be ${TICKER_FORM}; ${found(row.ticker)}`)
  if (!KRX_MARKETS.some((market) => market === row.market)) {
    fail(`market must be one of ${KRX_MARKETS.join(', ')}; ${found(row.market)}`)
  }
  const listingDate = text('listing_date')
  if (listingDate !== null && !isTradeDate(listingDate)) {
    fail(`listing_date must be a day written YYYY-MM-DD; ${found(listingDate)}`)
  }
  return {
    ticker: row.ticker,
    name: text('name') ?? fail('name must not be blank'),
    market: row.market,
    sector: text('sector'),
    kind: null,
    department: text('department'),
    listedShares: count('listed_shares'),
    marketCap: count('market_cap'),
    listingDate,
  }
}
