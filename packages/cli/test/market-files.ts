import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromDayNumber, type KeyColumns, type MarketBatch } from '@ralph-stock/core'

/** A new folder of its own for a test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'ralph-stock-'))
}

/** Files of an import by name, as text or bytes. */
export type Files = Readonly<Record<string, string | Buffer>>

/** Writes files into a new folder. */
export function writeFiles(files: Files): string {
  const folder = join(temporaryFolder(), 'files')
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return folder
}

/** The files that an import of this batch would read. */
export function filesOf(batch: MarketBatch): Record<string, string> {
  const { stocks, bars, flows, indexes } = batch
  if (bars === null || flows === null || indexes === null) throw new Error('the batch lacks rows')
  const list = stocks.map((stock) =>
    [
      stock.ticker,
      stock.name,
      stock.market,
      quoted(stock.sector ?? ''),
      stock.listedShares,
      stock.marketCap,
      stock.listingDate,
      quoted(stock.department ?? ''),
    ].join(','),
  )
  return {
    'stocks.csv': text(
      'ticker,name,market,sector,listed_shares,market_cap,listing_date,department',
      list,
    ),
    'bars.csv': text(
      'ticker,date,open,high,low,close,volume',
      rows(bars, [bars.open, bars.high, bars.low, bars.close, bars.volume]),
    ),
    'flows.csv': text(
      'ticker,date,foreign_net_value,institution_net_value,foreign_net_volume,institution_net_volume',
      rows(flows, [
        flows.foreignNetValue,
        flows.institutionNetValue,
        flows.foreignNetVolume,
        flows.institutionNetVolume,
      ]),
    ),
    'index.csv': text(
      'index,date,open,high,low,close,volume,trading_value',
      rows(indexes, [
        indexes.open,
        indexes.high,
        indexes.low,
        indexes.close,
        indexes.volume,
        indexes.tradedValue,
      ]),
    ),
  }
}

function rows(keys: KeyColumns, columns: readonly Float64Array[]): string[] {
  return Array.from({ length: keys.length }, (_, row) => {
    const key = keys.tickers[keys.ticker[row] as number]
    const date = fromDayNumber(keys.day[row] as number)
    const values = columns.map((column) => {
      const value = column[row] as number
      return Number.isNaN(value) ? '' : String(value)
    })
    return [key, date, ...values].join(',')
  })
}

function quoted(value: string): string {
  return value.includes(',') ? `"${value}"` : value
}

function text(header: string, lines: readonly string[]): string {
  return `${[header, ...lines].join('\n')}\n`
}
