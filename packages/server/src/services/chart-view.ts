import type { StoredPrice } from '@ralph-stock/adapters-timescale'
import {
  dayNumber,
  fromDayNumber,
  type PartedRows,
  partRows,
  type TradeDate,
  tradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import { bollinger, sma } from '@ralph-stock/indicators'
import type { ChartBar, ChartView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { quotedStock } from './quote-view.js'

type Period = ChartView['period']

const MONTHS: Readonly<Record<Exclude<Period, 'all'>, number>> = {
  '1mo': 1,
  '3mo': 3,
  '6mo': 6,
  '1y': 12,
  '2y': 24,
}
const MOST_SESSIONS_A_MONTH = 23
/** Bars before the first shown one, so that the longest line is there from the start. */
const WARM_UP = 199
const ALL = 100_000

/**
 * Bars of a stock back from its last one, with lines over them. Halts have no bar.
 *
 * @throws RalphError E_STOCK_UNKNOWN
 */
export async function chartView(
  context: ServerContext,
  ticker: string,
  period: Period,
  wantsLive: boolean,
): Promise<ChartView> {
  const stock = await quotedStock(context, ticker)
  const count = period === 'all' ? ALL : MONTHS[period] * MOST_SESSIONS_A_MONTH + WARM_UP
  const rows = await context.store.repositories.prices.latest(ticker, count)
  const stored = barsOf(rows.reverse())
  const live = wantsLive ? liveBar(context, ticker, stored.at(-1)?.date ?? null) : null
  const bars = live === null ? stored : [...stored, live]
  const from = firstShown(bars, period)
  const data = bars.slice(from)
  return {
    ticker,
    name: stock.name,
    period,
    adjustment: 'split',
    data,
    total_points: data.length,
    lines: linesOf(bars, from),
    live_bar: live !== null,
  }
}

function barsOf(rows: readonly StoredPrice[]): ChartBar[] {
  const column = (pick: (row: StoredPrice) => number | null): Float64Array =>
    Float64Array.from(rows, (row) => pick(row) ?? Number.NaN)
  const { days, columns } = partRows({
    days: Int32Array.from(rows, ({ date }) => dayNumber(tradeDate(date))),
    open: column(({ open }) => open),
    high: column(({ high }) => high),
    low: column(({ low }) => low),
    close: column(({ close }) => close),
    volume: column(({ volume }) => volume),
    tradedValue: column(({ tradingValue }) => tradingValue),
    rawClose: null,
  })
  const at = (name: string, bar: number): number | null => known(columns, name, bar)
  return Array.from(days, (day, bar) => ({
    date: fromDayNumber(day),
    // Sound: a traded bar has all its prices and its volume.
    open: at('bars.open', bar) as number,
    high: at('bars.high', bar) as number,
    low: at('bars.low', bar) as number,
    close: at('bars.close', bar) as number,
    volume: at('bars.volume', bar) as number,
    traded_value: at('bars.tradedValue', bar),
  }))
}

function known(columns: PartedRows['columns'], name: string, bar: number): number | null {
  const value = columns[name]?.[bar]
  return value === undefined || Number.isNaN(value) ? null : value
}

function liveBar({ live }: ServerContext, ticker: string, after: string | null): ChartBar | null {
  const now = live?.price(ticker) ?? null
  if (now === null) return null
  const date = tradeDateOfEpochMs(now.at)
  if (after !== null && date <= after) return null
  const { open, high, low, price, volume, tradedValue } = now
  return { date, open, high, low, close: price, volume, traded_value: tradedValue }
}

function firstShown(bars: readonly ChartBar[], period: Period): number {
  const last = bars.at(-1)
  if (period === 'all' || last === undefined) return 0
  const from = monthsBefore(tradeDate(last.date), MONTHS[period])
  return bars.findIndex(({ date }) => date > from)
}

function linesOf(bars: readonly ChartBar[], from: number): ChartView['lines'] {
  const close = Float64Array.from(bars, (bar) => bar.close)
  const shown = (line: Float64Array): (number | null)[] =>
    Array.from(line.subarray(from), (value) => (Number.isNaN(value) ? null : value))
  const band = bollinger(close, 20, 2)
  return {
    ma5: shown(sma(close, 5)),
    ma20: shown(sma(close, 20)),
    ma50: shown(sma(close, 50)),
    ma200: shown(sma(close, 200)),
    band_upper: shown(band.upper),
    band_lower: shown(band.lower),
  }
}

/** The same day some months before, or the last of its month; dates compare as text. */
export function monthsBefore(date: TradeDate, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const whole = year * 12 + (month - 1) - months
  const [y, m] = [Math.floor(whole / 12), (whole % 12) + 1]
  const last = new Date(Date.UTC(y, m, 0)).getUTCDate()
  const part = (value: number, length: number): string => String(value).padStart(length, '0')
  return `${part(y, 4)}-${part(m, 2)}-${part(Math.min(day, last), 2)}`
}
