import type { QuoteVenue, RequestOptions } from '@ralph-stock/core'
import { readSecond } from '../map/times.js'
import { indexNowBody, indexRow, indexStepRow } from '../schema/indexes.js'
import { readBody, readRows } from '../schema/rows.js'
import type { Asker } from './asker.js'
import { rowPages } from './pages.js'
import { known } from './stocks.js'
import { TR } from './tr.js'

/** An index of an industry or of the market. Fractions, shares, KRW. */
export type IndexQuote = {
  readonly code: string
  readonly name: string | null
  readonly venue: QuoteVenue
  readonly value: number
  readonly change: number | null
  readonly volume: number | null
  readonly tradedValue: number | null
  readonly rising: number | null
  readonly unchanged: number | null
  readonly falling: number | null
}

/** An index with its day so far and its last steps. */
export type IndexNow = IndexQuote & {
  readonly open: number
  readonly high: number
  readonly low: number
  /** Ten-second steps, oldest first. */
  readonly steps: ReadonlyArray<{
    readonly second: number
    readonly value: number
    readonly volume: number
  }>
}

/** One index now; `code` is an industry code such as 001. */
export async function indexNow(
  asker: Asker,
  code: string,
  options?: RequestOptions,
): Promise<IndexNow> {
  const { id } = TR.indexNow
  // The market is required and ignored: the code alone decides.
  const page = await asker.client.page(TR.indexNow, { mrkt_tp: '0', inds_cd: code }, null, options)
  const body = readBody(indexNowBody, page.body, id, asker.refusals)
  const steps = readRows(indexStepRow, body.inds_cur_prc_tm ?? [], `${id} steps`, asker.refusals)
  return {
    ...quoteOf({ ...body, stk_cd: { code, venue: 'KRX' }, stk_nm: '' }),
    open: body.open_pric,
    high: body.high_pric,
    low: body.low_pric,
    steps: steps
      .flatMap((step) => {
        const second = readSecond(step.tm_n)
        const { cur_prc_n: value, trde_qty_n: volume } = step
        return second === null ? [] : [{ second, value, volume }]
      })
      .reverse(),
  }
}

/** All industry indexes of a market now. */
export async function industryIndexes(
  asker: Asker,
  market: 'KOSPI' | 'KOSDAQ',
  options?: RequestOptions,
): Promise<IndexQuote[]> {
  const body = { inds_cd: market === 'KOSPI' ? '001' : '101' }
  const quotes: IndexQuote[] = []
  for await (const page of rowPages(asker.client, TR.indexAll, body, 'all_inds_idex', options)) {
    const rows = readRows(indexRow, page.rows, TR.indexAll.id, asker.refusals)
    quotes.push(...rows.map(quoteOf))
  }
  return quotes
}

type QuoteRow = {
  readonly stk_cd: { readonly code: string; readonly venue: QuoteVenue }
  readonly stk_nm: string
  readonly cur_prc: number
  readonly flu_rt: number
  readonly trde_qty: number
  readonly trde_prica: number
  readonly rising: number
  readonly stdns: number
  readonly fall: number
}

function quoteOf(row: QuoteRow): IndexQuote {
  return {
    code: row.stk_cd.code,
    name: row.stk_nm === '' ? null : row.stk_nm,
    venue: row.stk_cd.venue,
    value: row.cur_prc,
    change: known(row.flu_rt),
    volume: known(row.trde_qty),
    tradedValue: known(row.trde_prica),
    rising: known(row.rising),
    unchanged: known(row.stdns),
    falling: known(row.fall),
  }
}
