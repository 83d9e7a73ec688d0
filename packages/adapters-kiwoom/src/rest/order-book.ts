import { type QuoteVenue, RalphError, type RequestOptions } from '@ralph-stock/core'
import { levelNames, orderBookBody } from '../schema/order-book.js'
import { readBody } from '../schema/rows.js'
import { itemOf } from '../venue.js'
import type { Asker } from './asker.js'
import { TR } from './tr.js'

/** One price of an order book with the shares that wait there. */
export type BookLevel = { readonly price: number; readonly quantity: number }

/** Orders that wait, the best price first. */
export type OrderBook = {
  readonly ticker: string
  readonly venue: QuoteVenue
  /** Seconds after midnight in Korea. */
  readonly second: number
  readonly asks: readonly BookLevel[]
  readonly bids: readonly BookLevel[]
  readonly totalAsk: number
  readonly totalBid: number
}

/**
 * The order book of a stock on KRX.
 *
 * @throws RalphError E_PARAM_RANGE for the unified venue: ka10004 would answer with KRX orders
 */
export async function orderBook(
  asker: Asker,
  ticker: string,
  venue: QuoteVenue,
  options?: RequestOptions,
): Promise<OrderBook> {
  if (venue !== 'KRX') {
    throw new RalphError(
      'E_PARAM_RANGE',
      `venue must be KRX, whose orders alone ka10004 counts; found "${venue}"`,
      { name: 'venue', value: venue },
    )
  }
  const page = await asker.client.page(
    TR.orderBook,
    { stk_cd: itemOf(ticker, venue) },
    null,
    options,
  )
  const body = readBody(orderBookBody, page.body, TR.orderBook.id, asker.refusals)
  // Sound: the schema made every level a number.
  const numbers = body as unknown as Readonly<Record<string, number>>
  const side = (name: 'sel' | 'buy'): BookLevel[] => {
    const levels: BookLevel[] = []
    for (let level = 1; level <= 10; level++) {
      const names = levelNames(name, level)
      const price = numbers[names.price] ?? 0
      if (price > 0) levels.push({ price, quantity: numbers[names.quantity] ?? 0 })
    }
    return levels
  }
  return {
    ticker,
    venue,
    second: body.bid_req_base_tm,
    asks: side('sel'),
    bids: side('buy'),
    totalAsk: body.tot_sel_req,
    totalBid: body.tot_buy_req,
  }
}
