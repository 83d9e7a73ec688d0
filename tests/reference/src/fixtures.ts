import type { Bar, Flow, Stock } from './data.js'
import type { View } from './view.js'

/** Date of the day `i` (0 is 2026-01-01); weekends do not matter to the rules. */
export function day(i: number): string {
  return new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10)
}

/** One bar; what is not given is flat at the close with 100 shares. */
export function bar(i: number, close: number, more: Partial<Bar> = {}): Bar {
  const open = more.open ?? close
  return {
    date: day(i),
    open,
    high: Math.max(open, close),
    low: Math.min(open, close),
    close,
    volume: 100,
    ...more,
  }
}

/** Flat bars on successive days from a list of closes. */
export function barsOf(closes: number[]): Bar[] {
  return closes.map((close, i) => bar(i, close))
}

/** The pair repeated until the list has `count` values. */
export function alternating(first: number, second: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i % 2 === 0 ? first : second))
}

export function repeated(value: number, count: number): number[] {
  return Array.from({ length: count }, () => value)
}

export function stockOf(ticker: string, more: Partial<Stock> = {}): Stock {
  return { ticker, name: ticker, market: 'KOSPI', sector: '', department: '', ...more }
}

/** Flows in won on the days of the bars; `null` leaves that number out. */
export function viewWith(
  bars: Bar[],
  foreign: (number | null)[],
  institution: (number | null)[],
  sessions?: string[],
): View {
  const flows = new Map<string, Flow>()
  bars.forEach(({ date }, i) => {
    flows.set(date, {
      ticker: '000010',
      date,
      foreignValue: foreign[i] ?? null,
      institutionValue: institution[i] ?? null,
      foreignShares: null,
      institutionShares: null,
    })
  })
  return {
    stock: stockOf('000010'),
    bars,
    flows,
    sessions: sessions ?? bars.map(({ date }) => date),
  }
}
