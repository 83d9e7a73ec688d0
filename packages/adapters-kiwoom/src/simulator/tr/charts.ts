import { fromDayNumber, isTradeDate, type QuoteVenue, weekday } from '@ralph-stock/core'
import { clockTime, directed, minus, plus, sign } from '../format.js'
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

const DAY_PAGE = 600
const WEEK_PAGE = 300
const MINUTE_PAGE = 900
const CURSOR_END = '00010000'

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

/** `yyyymmdd` to `YYYY-MM-DD`; null when it is none. */
function dateOf(text: string): string | null {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
  return isTradeDate(date) ? date : null
}

const compact = (day: number): string => fromDayNumber(day).replaceAll('-', '')

/** The last session on or before a date that has begun. */
function lastAt(context: TrContext, date: string): number {
  const { market, moment } = context
  let at = moment.at
  while (at >= 0 && fromDayNumber(market.days[at] as number) > date) at--
  return at
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
    const volume = path.volume[at] as number
    const close = path.close[at] as number
    const value = volume === 0 ? 0 : (market.tape(paper, venue, at).value.at(-1) ?? 0)
    return {
      at,
      open: path.open[at] as number,
      high: path.high[at] as number,
      low: path.low[at] as number,
      close,
      volume,
      value,
    }
  }
  const tape = market.tape(paper, venue, at)
  const made = at < moment.at ? tape.length : madeBy(tape, moment.second)
  if (made === 0) {
    if (venue === 'NXT') return null
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
  let week = last
  for (let at = last.at - 1; at >= 0; at--) {
    const later = days[week.at] as number
    const day = days[at] as number
    if (weekday(day) >= weekday(later) || later - day > 6) break
    const values = dayValues(context, stock.paper, stock.venue, at)
    if (values === null) break
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

function minuteChart(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const scope = Number(context.body['tic_scope'])
  if (![1, 3, 5, 10, 15, 30, 45, 60].includes(scope)) return malformed('tic_scope')
  const { market, moment } = context
  const asked = context.body['base_dt']
  const date = asked === undefined || asked === '' ? null : dateOf(asked)
  const before = context.next === '' ? null : context.next.slice(7, 21)
  const rows: Row[] = []
  let next: string | null = null
  let at = date === null ? moment.at : lastAt(context, date)
  if (before !== null) at = Math.min(at, lastAt(context, dateOf(before.slice(0, 8)) ?? ''))
  for (; at >= 0 && next === null; at--) {
    const base = market.path(stock.paper).base[at] as number
    const second = at === moment.at ? moment.second : 86_399
    const day = compact(market.days[at] as number)
    const bars = gather(market.minutes(stock.paper, stock.venue, at, second), scope)
    for (const bar of bars.reverse()) {
      const time = `${day}${clockTime(bar.minute * 60)}`
      if (before !== null && time > before) continue
      if (rows.length === MINUTE_PAGE) {
        next = `A${stock.paper.code}${time}${CURSOR_END}`
        break
      }
      rows.push({
        cur_prc: directed(bar.close, base),
        trde_qty: String(bar.volume),
        cntr_tm: time,
        open_pric: directed(bar.open, base),
        high_pric: directed(bar.high, base),
        low_pric: directed(bar.low, base),
        acc_trde_qty: String(bar.dayVolume),
        pred_pre: plus(bar.close - base),
        pred_pre_sig: sign(bar.close, base),
      })
    }
  }
  const fields = { stk_cd: stock.code, stk_min_pole_chart_qry: rows }
  return { fields, rows: rows.length, next }
}

type Minute = {
  minute: number
  open: number
  high: number
  low: number
  close: number
  volume: number
  dayVolume: number
}

function gather(minutes: readonly Minute[], scope: number): Minute[] {
  if (scope === 1) return [...minutes]
  const bars: Minute[] = []
  for (const part of minutes) {
    const minute = part.minute - (part.minute % scope)
    const bar = bars[bars.length - 1]
    if (bar === undefined || bar.minute !== minute) bars.push({ ...part, minute })
    else {
      bar.high = Math.max(bar.high, part.high)
      bar.low = Math.min(bar.low, part.low)
      bar.close = part.close
      bar.volume += part.volume
      bar.dayVolume = part.dayVolume
    }
  }
  return bars
}

function tickChart(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { market, moment } = context
  const { tape, made, base } = market.quote(stock.paper, stock.venue, moment)
  const day = compact(market.days[moment.at] as number)
  const from = context.next === '' ? made - 1 : Number(context.next.slice(7, 21))
  const rows: Row[] = []
  let at = Math.min(from, made - 1)
  for (; at >= 0 && rows.length < MINUTE_PAGE; at--) {
    const price = tape.price[at] as number
    rows.push({
      cur_prc: String(price),
      trde_qty: String(Math.abs(tape.quantity[at] as number)),
      cntr_tm: `${day}${clockTime(tape.second[at] as number)}`,
      open_pric: String(price),
      high_pric: String(price),
      low_pric: String(price),
      // Without a sign, even when it fell.
      pred_pre: String(Math.abs(price - base)),
      pred_pre_sig: sign(price, base),
    })
  }
  const next = at >= 0 ? `A${stock.paper.code}${String(at).padStart(14, '0')}${CURSOR_END}` : null
  const fields = { stk_cd: stock.code, last_tic_cnt: '', stk_tic_chart_qry: rows }
  return { fields, rows: rows.length, next }
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
    const over = at < moment.at || moment.second >= 55_800
    const day = over ? indexes.day(name, at) : indexes.now(name, moment)
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
