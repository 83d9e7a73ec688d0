import type { QuoteVenue } from '@ralph-stock/core'
import type { SimulatedIndexes } from '../market/index-level.js'
import type { Paper } from '../market/listings.js'
import type { Moment, SimulatedMarket } from '../market/market.js'

/** What a handler of a TR works with. */
export type TrContext = {
  readonly market: SimulatedMarket
  readonly indexes: SimulatedIndexes
  readonly moment: Moment
  readonly body: Readonly<Record<string, string>>
  /** The cursor of the request; blank on the first page. */
  readonly next: string
}

/** An answer: its fields, and where the next page begins. */
export type TrAnswer = {
  readonly fields: Readonly<Record<string, unknown>>
  readonly rows: number
  readonly next: string | null
}

/** A refusal in the broker's words. */
export type TrRefusal = { readonly returnCode: number; readonly message: string }

/** One TR: where it is served, what it must be given in this order, and how it answers. */
export type TrHandler = {
  readonly path: string
  readonly required: readonly string[]
  readonly answer: (context: TrContext) => TrAnswer | TrRefusal
}

/** A row of an answer. */
export type Row = Readonly<Record<string, string>>

/** A code of a request taken apart; an unknown stock is a refusal. */
export function stockOf(
  context: TrContext,
): { readonly paper: Paper; readonly venue: QuoteVenue; readonly code: string } | TrRefusal {
  const code = context.body['stk_cd'] ?? ''
  const [bare = '', suffix] = code.split('_')
  const paper = context.market.paper(bare)
  const venue = suffix === 'NX' ? 'NXT' : suffix === 'AL' ? 'unified' : 'KRX'
  if (paper === undefined || (suffix !== undefined && suffix !== 'NX' && suffix !== 'AL')) {
    return failure(
      `[1902:종목 정보가 없습니다. 입력한 종목코드 값을 확인바랍니다. 종목코드=${code.slice(0, 20)}]`,
    )
  }
  if (venue === 'NXT' && !paper.nxt) {
    return failure(`[1903:해당 거래소의 종목 정보가 없습니다. 종목코드=${code}]`)
  }
  return { paper, venue, code }
}

/** An error while serving. */
export function failure(inner: string): TrRefusal {
  return { returnCode: 7, message: `서비스를 처리하는 중에 오류가 발생했습니다${inner}` }
}

/** A field that is there and wrong. */
export function malformed(field: string): TrRefusal {
  return {
    returnCode: 2,
    message: `입력 값 오류입니다[1517:입력 값 형식이 올바르지 않습니다. 파라미터=${field}]`,
  }
}

/** Tells a refusal from anything else. */
export function isRefusal(value: object): value is TrRefusal {
  return 'returnCode' in value
}

/** A page of rows that are all known, by a cursor that counts them. */
export function pageByCount(
  context: TrContext,
  list: string,
  rows: readonly Row[],
  size: number,
  fields: Readonly<Record<string, unknown>> = {},
): TrAnswer {
  const from = Math.max(0, Number(context.next.slice(1)) || 0)
  const page = rows.slice(from, from + size)
  const more = from + size < rows.length
  return {
    fields: { ...fields, [list]: page },
    rows: page.length,
    next: more ? `N${String(from + size).padStart(12, '0')}` : null,
  }
}

/** The venue that a ranking asks for. */
export function exchangeOf(body: Readonly<Record<string, string>>): QuoteVenue {
  return body['stex_tp'] === '2' ? 'NXT' : body['stex_tp'] === '3' ? 'unified' : 'KRX'
}

/** A code as a venue's answers write it. */
export function codeAt(paper: Paper, venue: QuoteVenue): string {
  return paper.code + (venue === 'NXT' ? '_NX' : venue === 'unified' ? '_AL' : '')
}
