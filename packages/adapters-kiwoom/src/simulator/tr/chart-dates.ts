import { fromDayNumber, isTradeDate } from '@ralph-stock/core'
import type { TrContext } from './answer.js'

/** What every cursor of a chart ends with. */
export const CURSOR_END = '00010000'

/** `yyyymmdd` to `YYYY-MM-DD`; null when it is none. */
export function dateOf(text: string): string | null {
  const date = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`
  return isTradeDate(date) ? date : null
}

/** A day number as `yyyymmdd`. */
export function compact(day: number): string {
  return fromDayNumber(day).replaceAll('-', '')
}

/** The last session on or before a date that has begun. */
export function lastAt(context: TrContext, date: string): number {
  const { market, moment } = context
  let at = moment.at
  while (at >= 0 && fromDayNumber(market.days[at] as number) > date) at--
  return at
}
