import { type QuoteVenue, weekday } from '@ralph-stock/core'
import { minus, plus, sign } from '../format.js'
import type { Paper } from '../market/listings.js'
import { madeBy } from '../market/tape.js'
import {
  isRefusal,
  malformed,
  type Row,
  stockOf,
  type TrAnswer,
  type TrContext,
  type TrHandler,
  type TrRefusal,
} from './answer.js'
import { CURSOR_END, compact, dateOf, lastAt } from './chart-dates.js'
import { minuteChart, tickChart } from './intraday-charts.js'

const DAY_PAGE = 600
const WEEK_PAGE = 300

type DayValues = {
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly value: number
}

/** ka10081, ka10082, ka10080, ka10079, ka20006. */
export const chartHandlers: Readonly<Record<string, TrHandler>> = {
  ka10081: {
    path: '/api/dostk/chart',
    required: ['stk_cd', 'base_dt', 'upd_stkpc_tp'],
    answer: (context) => dayChart(context, 'stk_dt_pole_chart_qry', DAY_PAGE, false),
  },
  ka10082: {
    path: '/api/dostk/chart',
    required: ['stk_cd', 'base_dt', 'upd_stkpc_tp'],
    answer: (context) => dayChart(context, 'stk_stk_pole_chart_qry', WEEK_PAGE, true),
  },
  ka10080: {
    path: '/api/dostk/chart',
    required: ['stk_cd', 'tic_scope', 'upd_stkpc_tp'],
    answer: minuteChart,
  },
  ka10079: {
    path: '/api/dostk/chart',
    required: ['stk_cd', 'tic_scope', 'upd_stkpc_tp'],
    answer: tickChart,
  },
  ka20006: {
    path: '/api/dostk/chart',
    required: ['inds_cd', 'base_dt'],
    answer: indexChart,
  },
}

function dayChart(
  context: TrContext,
  list: string,
  size: number,
  weekly: boolean,
): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const date = dateOf(context.body['base_dt'] ?? '')
  if (date === null) return malformed('base_dt')
  const from = context.next === '' ? date : (dateOf(context.next.slice(7, 15)) ?? date)
  const rows: Row[] = []
  let at = lastAt(context, from)
  for (; at >= 0 && rows.length < size; at--) {
    const values = dayValues(context, stock.paper, stock.venue, at)
    if (values === null) continue
    const week = weekly ? weekValues(context, stock, values) : values
    if (weekly) at = week.at
    rows.push(dayRow(context, stock, week, weekly))
  }
  const next =
    at >= 0
      ? `A${stock.paper.code}${compact(context.market.days[at] as number)}${CURSOR_END}`
      : null
  return { fields: { stk_cd: stock.code, [list]: rows }, rows: rows.length, next }
}

type Stock = { readonly paper: Paper; readonly venue: QuoteVenue }

/** A day of a venue; null where it has none. Today's is what was traded so far. */
function dayValues(
  context: TrContext,
  paper: Paper,
  venue: QuoteVenue,
  at: number,
): DayValues | null {
  const { market, moment } = context
  const path = market.path(paper)
  if (venue === 'KRX' && at < moment.at) {
    const close = path.close[at] as number
    if (close === 0) return null
    const volume = path.volume[at] as number
    const told = path.value[at] as number
    const traded = (): number => market.tape(paper, venue, at).value.at(-1) ?? 0
    return {
      at,
      open: path.open[at] as number,
      high: path.high[at] as number,
      low: path.low[at] as number,
      close,
      volume,
      value: volume === 0 ? 0 : Number.isNaN(told) ? traded() : told,
    }
  }
  const tape = market.tape(paper, venue, at)
  const made = at < moment.at ? tape.length : madeBy(tape, moment.second)
  if (made === 0) {
    if (venue === 'NXT' || (path.close[at] as number) === 0) return null
    const base = path.base[at] as number
    const begun = at < moment.at || moment.second >= 32_400
    if (!begun) return null
    return { at, open: base, high: base, low: base, close: base, volume: 0, value: 0 }
  }
  const last = made - 1
  const open = tape.open[last] as number
  if (open === 0) return null
  return {
    at,
    open,
    high: tape.high[last] as number,
    low: tape.low[last] as number,
    close: venue === 'KRX' ? lastRegular(tape, last) : (tape.price[last] as number),
    volume: tape.volume[last] as number,
    value: tape.value[last] as number,
  }
}

function lastRegular(tape: { session: Uint8Array; price: Float64Array }, last: number): number {
  let at = last
  while (at > 0 && tape.session[at] !== 2) at--
  return tape.price[at] as number
}

function weekValues(context: TrContext, stock: Stock, last: DayValues): DayValues {
  const { days } = context.market
  let week = withPrices(last)
  for (let at = last.at - 1; at >= 0; at--) {
    const later = days[week.at] as number
    const earlier = days[at] as number
    if (weekday(earlier) >= weekday(later) || later - earlier > 6) break
    const day = dayValues(context, stock.paper, stock.venue, at)
    if (day === null) break
    const values = withPrices(day)
    week = {
      ...week,
      at,
      open: values.open,
      high: Math.max(week.high, values.high),
      low: Math.min(week.low, values.low),
      volume: week.volume + values.volume,
      value: week.value + values.value,
    }
  }
  return week
}

/** A halt may have no price but the close; its week has. */
function withPrices(day: DayValues): DayValues {
  const { close } = day
  return day.volume > 0 ? day : { ...day, open: close, high: close, low: close }
}

function dayRow(context: TrContext, { paper }: Stock, values: DayValues, weekly: boolean): Row {
  const base = context.market.path(paper).base[values.at] as number
  const turnover = (values.volume / paper.listedShares) * 100
  return {
    cur_prc: String(values.close),
    trde_qty: String(values.volume),
    // Millions of KRW by day, KRW by week.
    trde_prica: weekly ? String(values.value) : String(Math.round(values.value / 1e6)),
    dt: compact(context.market.days[values.at] as number),
    open_pric: String(values.open),
    high_pric: String(values.high),
    low_pric: String(values.low),
    pred_pre: plus(values.close - base),
    pred_pre_sig: values.volume === 0 ? '0' : sign(values.close, base),
    trde_tern_rt: values.volume === 0 ? '0.00' : plus(turnover, 2),
  }
}

function indexChart(context: TrContext): TrAnswer | TrRefusal {
  const { market, indexes, moment } = context
  const code = context.body['inds_cd'] ?? ''
  const name = code === '101' ? 'KOSDAQ' : 'KOSPI'
  const date = dateOf(context.body['base_dt'] ?? '')
  if (date === null) return malformed('base_dt')
  const from = context.next === '' ? date : (dateOf(context.next.slice(7, 15)) ?? date)
  const rows: Row[] = []
  let at = lastAt(context, from)
  for (; at >= 0 && rows.length < DAY_PAGE; at--) {
    const day = at < moment.at ? indexes.day(name, at) : indexes.now(name, moment)
    rows.push({
      cur_prc: minus(day.close * 100),
      trde_qty: minus(day.volume / 1000),
      dt: compact(market.days[at] as number),
      open_pric: minus(day.open * 100),
      high_pric: minus(day.high * 100),
      low_pric: minus(day.low * 100),
      trde_prica: minus(day.value / 1e6),
    })
  }
  const next =
    at >= 0 ? `A${code.padEnd(6, ' ')}${compact(market.days[at] as number)}${CURSOR_END}` : null
  return { fields: { inds_cd: code, inds_dt_pole_qry: rows }, rows: rows.length, next }
}
