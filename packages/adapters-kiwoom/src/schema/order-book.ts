import { z } from 'zod'
import { count, type Numbers, price, type Schema, second } from './fields.js'

/** Where a side's best and further levels stand in ka10004, whose names are irregular. */
export function levelNames(
  side: 'sel' | 'buy',
  level: number,
): { price: string; quantity: string } {
  return level === 1
    ? { price: `${side}_fpr_bid`, quantity: `${side}_fpr_req` }
    : { price: `${side}_${level}th_pre_bid`, quantity: `${side}_${level}th_pre_req` }
}

const fields: Record<string, typeof price> = {}
for (const side of ['sel', 'buy'] as const) {
  for (let level = 1; level <= 10; level++) {
    const names = levelNames(side, level)
    fields[names.price] = price
    fields[names.quantity] = count
  }
}

/** What `orderBookBody` makes of it. */
export type OrderBookBody = Numbers<'bid_req_base_tm' | 'tot_sel_req' | 'tot_buy_req'>

/** ka10004: ten levels a side. It counts KRX orders alone, whatever the code's suffix. */
export const orderBookBody: Schema<OrderBookBody> = z
  .object({
    bid_req_base_tm: second,
    tot_sel_req: count,
    tot_buy_req: count,
  })
  .and(z.object(fields))
