import { clockTime, directed, plus, sign } from '../format.js'
import {
  isRefusal,
  malformed,
  type Row,
  stockOf,
  type TrAnswer,
  type TrContext,
  type TrRefusal,
} from './answer.js'
import { CURSOR_END, compact, dateOf, lastAt } from './chart-dates.js'

const PAGE = 900

/** ka10080. */
export function minuteChart(context: TrContext): TrAnswer | TrRefusal {
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
      if (rows.length === PAGE) {
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

/** ka10079. */
export function tickChart(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { market, moment } = context
  const { tape, made, base } = market.quote(stock.paper, stock.venue, moment)
  const day = compact(market.days[moment.at] as number)
  const from = context.next === '' ? made - 1 : Number(context.next.slice(7, 21))
  const rows: Row[] = []
  let at = Math.min(from, made - 1)
  for (; at >= 0 && rows.length < PAGE; at--) {
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
