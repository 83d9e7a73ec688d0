import { type CsvRow, readCsv } from './csv.js'

/** One line of the stock list. */
export type Stock = {
  ticker: string
  name: string
  market: string
  sector: string
  department: string
}

/** One traded day of one stock: whole won and shares. */
export type Bar = {
  date: string
  open: number
  high: number
  low: number
  close: number
  volume: number
}

/** A row of the bars file before it is judged: a bar, a halt, or a broken row. */
export type RawBar = Bar & { ticker: string }

/** Net buying of one stock on one date, in won and in shares; `null` where the source is blank. */
export type Flow = {
  ticker: string
  date: string
  foreignValue: number | null
  institutionValue: number | null
  foreignShares: number | null
  institutionShares: number | null
}

/** Close of one market index on one date. */
export type IndexRow = { index: string; date: string; close: number }

/** Rows as a source delivers them, in any order. */
export type RawRows = { stocks: Stock[]; bars: RawBar[]; flows: Flow[]; index: IndexRow[] }

/** Everything a scan reads. */
export type ReferenceData = {
  stocks: Stock[]
  /** Traded bars by ticker, oldest first. */
  bars: Map<string, Bar[]>
  /** Dates with volume 0 by ticker. */
  halts: Map<string, Set<string>>
  /** Flows by ticker, then by date. */
  flows: Map<string, Map<string, Flow>>
  /** Index closes by index name (KOSPI, KOSDAQ), then by date. */
  index: Map<string, Map<string, number>>
  /** Every date of the index file and of the bars file (halts too), oldest first. */
  sessions: string[]
  /** Rows kept with high and low widened, as they were delivered. */
  repaired: RawBar[]
  /** Rows left out because they break low <= open, close <= high by more than 1 won. */
  dropped: RawBar[]
}

/** What a row of the bars file turns out to be. */
export type JudgedBar =
  | { kind: 'halt' }
  | { kind: 'dropped' }
  | { kind: 'bar'; bar: Bar; repaired: boolean }

/** A halt, a bar (perhaps repaired by 1 won), or a row to drop. */
export function judgeBar(row: RawBar): JudgedBar {
  if (row.volume === 0) return { kind: 'halt' }
  const highest = Math.max(row.open, row.close)
  const lowest = Math.min(row.open, row.close)
  const breach = Math.max(highest - row.high, row.low - lowest)
  if (breach > 1) return { kind: 'dropped' }
  const { date, open, close, volume } = row
  const high = Math.max(row.high, highest)
  const low = Math.min(row.low, lowest)
  return { kind: 'bar', bar: { date, open, high, low, close, volume }, repaired: breach > 0 }
}

/**
 * Groups plain rows by stock and date.
 *
 * @throws Error when a stock has two bars on one date
 */
export function dataFromRows(rows: RawRows): ReferenceData {
  const bars = new Map<string, Bar[]>()
  const halts = new Map<string, Set<string>>()
  const repaired: RawBar[] = []
  const dropped: RawBar[] = []
  for (const row of rows.bars) {
    const judged = judgeBar(row)
    if (judged.kind === 'halt') {
      const dates = halts.get(row.ticker) ?? new Set<string>()
      dates.add(row.date)
      halts.set(row.ticker, dates)
    } else if (judged.kind === 'dropped') {
      dropped.push(row)
    } else {
      if (judged.repaired) repaired.push(row)
      const own = bars.get(row.ticker) ?? []
      own.push(judged.bar)
      bars.set(row.ticker, own)
    }
  }
  for (const [ticker, own] of bars) {
    own.sort((a, b) => (a.date < b.date ? -1 : 1))
    own.forEach((bar, i) => {
      if (i > 0 && own[i - 1]?.date === bar.date) {
        throw new Error(`a stock must have one bar a date; found two of ${ticker} on ${bar.date}`)
      }
    })
  }
  const flows = new Map<string, Map<string, Flow>>()
  for (const flow of rows.flows) {
    const own = flows.get(flow.ticker) ?? new Map<string, Flow>()
    own.set(flow.date, flow)
    flows.set(flow.ticker, own)
  }
  const index = new Map<string, Map<string, number>>()
  for (const row of rows.index) {
    const closes = index.get(row.index) ?? new Map<string, number>()
    closes.set(row.date, row.close)
    index.set(row.index, closes)
  }
  const dates = new Set([...rows.index, ...rows.bars].map((row) => row.date))
  const sessions = [...dates].sort()
  return { stocks: rows.stocks, bars, halts, flows, index, sessions, repaired, dropped }
}

/** Reads stocks.csv, bars.csv, flows.csv and index.csv of a folder, each plain or gzipped. */
export function readData(folder: string): ReferenceData {
  return dataFromRows({
    stocks: readCsv(folder, 'stocks.csv').map((row) => ({
      ticker: text(row, 'ticker'),
      name: text(row, 'name'),
      market: text(row, 'market'),
      sector: text(row, 'sector'),
      department: text(row, 'department'),
    })),
    bars: readCsv(folder, 'bars.csv').map((row) => ({
      ticker: text(row, 'ticker'),
      date: text(row, 'date'),
      open: number(row, 'open'),
      high: number(row, 'high'),
      low: number(row, 'low'),
      close: number(row, 'close'),
      volume: number(row, 'volume'),
    })),
    flows: readCsv(folder, 'flows.csv').map((row) => ({
      ticker: text(row, 'ticker'),
      date: text(row, 'date'),
      foreignValue: numberOrNull(row, 'foreign_net_value'),
      institutionValue: numberOrNull(row, 'institution_net_value'),
      foreignShares: numberOrNull(row, 'foreign_net_volume'),
      institutionShares: numberOrNull(row, 'institution_net_volume'),
    })),
    index: readCsv(folder, 'index.csv').map((row) => ({
      index: text(row, 'index'),
      date: text(row, 'date'),
      close: number(row, 'close'),
    })),
  })
}

function text(row: CsvRow, column: string): string {
  const value = row[column]
  if (value === undefined) throw new Error(`a row must have the column ${column}; found none`)
  return value.trim()
}

function numberOrNull(row: CsvRow, column: string): number | null {
  return text(row, column) === '' ? null : number(row, column)
}

function number(row: CsvRow, column: string): number {
  const written = text(row, column)
  const value = Number(written)
  if (written === '' || !Number.isFinite(value)) {
    throw new Error(`${column} must be a number; found "${written}"`)
  }
  return value
}
