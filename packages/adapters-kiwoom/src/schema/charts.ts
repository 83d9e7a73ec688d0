import { z } from 'zod'
import {
  count,
  day,
  indexTimes100,
  instant,
  millions,
  type Numbers,
  price,
  type Schema,
  wholeCount,
} from './fields.js'

const prices = { cur_prc: price, open_pric: price, high_pric: price, low_pric: price }

/** What `dailyRow` makes of it. */
export type DailyRow = Numbers<
  'cur_prc' | 'open_pric' | 'high_pric' | 'low_pric' | 'dt' | 'trde_qty' | 'trde_prica'
>

/** ka10081. Prices without sign, value in millions of KRW; a halted day has volume 0. */
export const dailyRow: Schema<DailyRow> = z
  .object({ ...prices, dt: day, trde_qty: wholeCount, trde_prica: millions })
  .check(soundPrices)

/** What `weeklyRow` makes of it. */
export type WeeklyRow = Numbers<
  'cur_prc' | 'open_pric' | 'high_pric' | 'low_pric' | 'dt' | 'trde_qty' | 'trde_prica'
>

/** ka10082. As ka10081, but the value is in KRW; `dt` is the week's first session. */
export const weeklyRow: Schema<WeeklyRow> = z
  .object({ ...prices, dt: day, trde_qty: wholeCount, trde_prica: count })
  .check(soundPrices)

/** What `minuteRow` makes of it. */
export type MinuteRow = Numbers<
  'cur_prc' | 'open_pric' | 'high_pric' | 'low_pric' | 'cntr_tm' | 'trde_qty'
> & { acc_trde_qty?: number | undefined }

/** ka10080. Prices signed by direction; `cntr_tm` is the start of the bar. */
export const minuteRow: Schema<MinuteRow> = z
  .object({ ...prices, cntr_tm: instant, trde_qty: wholeCount, acc_trde_qty: count.optional() })
  .check(soundPrices)

/** What `tickRow` makes of it. */
export type TickRow = Numbers<
  'cur_prc' | 'open_pric' | 'high_pric' | 'low_pric' | 'cntr_tm' | 'trde_qty'
>

/** ka10079. Prices without sign; several rows may share a second. */
export const tickRow: Schema<TickRow> = z
  .object({ ...prices, cntr_tm: instant, trde_qty: wholeCount })
  .check(soundPrices)

/** What `indexDayRow` makes of it. */
export type IndexDayRow = Numbers<
  'cur_prc' | 'open_pric' | 'high_pric' | 'low_pric' | 'dt' | 'trde_qty' | 'trde_prica'
>

/** ka20006. Index values times 100; volume in thousands of shares, value in millions of KRW. */
export const indexDayRow: Schema<IndexDayRow> = z.object({
  cur_prc: indexTimes100,
  open_pric: indexTimes100,
  high_pric: indexTimes100,
  low_pric: indexTimes100,
  dt: day,
  trde_qty: wholeCount,
  trde_prica: millions,
})

type PricesContext = z.core.ParsePayload<{
  cur_prc: number
  open_pric: number
  high_pric: number
  low_pric: number
  trde_qty: number
}>

/** A row with trades must have prices above 0: a hole would be taken for a fall to nothing. */
function soundPrices({ value, issues }: PricesContext): void {
  if (value.trde_qty === 0 && value.cur_prc >= 0) return
  const lowest = Math.min(value.cur_prc, value.open_pric, value.high_pric, value.low_pric)
  if (lowest > 0) return
  issues.push({ code: 'custom', message: 'a price is missing', input: value })
}
