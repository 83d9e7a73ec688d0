import { directed, million, plus, rate, sign } from '../format.js'
import type { Paper } from '../market/listings.js'
import type { Quote } from '../market/market.js'
import {
  codeAt,
  exchangeOf,
  pageByCount,
  type Row,
  type TrAnswer,
  type TrContext,
  type TrHandler,
} from './answer.js'

const PATH = '/api/dostk/rkinfo'

/** ka10030, ka10032, ka10027, ka10023. */
export const rankingHandlers: Readonly<Record<string, TrHandler>> = {
  ka10030: {
    path: PATH,
    required: [
      'mrkt_tp',
      'sort_tp',
      'mang_stk_incls',
      'crd_tp',
      'trde_qty_tp',
      'pric_tp',
      'trde_prica_tp',
      'mrkt_open_tp',
      'stex_tp',
    ],
    answer: topVolume,
  },
  ka10032: { path: PATH, required: ['mrkt_tp', 'mang_stk_incls', 'stex_tp'], answer: topValue },
  ka10027: {
    path: PATH,
    required: [
      'mrkt_tp',
      'sort_tp',
      'trde_qty_cnd',
      'stk_cnd',
      'crd_cnd',
      'updown_incls',
      'pric_cnd',
      'trde_prica_cnd',
      'stex_tp',
    ],
    answer: topChange,
  },
  ka10023: {
    path: PATH,
    required: ['mrkt_tp', 'sort_tp', 'tm_tp', 'trde_qty_tp', 'stk_cnd', 'pric_tp', 'stex_tp'],
    answer: surge,
  },
}

type Ranked = { readonly paper: Paper; readonly quote: Quote; readonly before: number }

function ranked(context: TrContext, by: (one: Ranked) => number): Ranked[] {
  const { market, moment, body } = context
  const venue = exchangeOf(body)
  const wanted = body['mrkt_tp']
  return market.papers
    .filter(
      (paper) =>
        wanted === '000' ||
        (wanted === '001' ? paper.market === 'KOSPI' : paper.market === 'KOSDAQ'),
    )
    .filter((paper) => venue !== 'NXT' || paper.nxt)
    .map((paper) => {
      const before = market.path(paper).volume[Math.max(0, moment.at - 1)] as number
      return { paper, quote: market.quote(paper, venue, moment), before }
    })
    .filter(({ quote }) => quote.made > 0)
    .sort((a, b) => by(b) - by(a))
}

function head(context: TrContext, { paper, quote }: Ranked): Row {
  const { base, price } = quote
  return {
    stk_cd: codeAt(paper, exchangeOf(context.body)),
    stk_nm: paper.name,
    cur_prc: directed(price, base),
    pred_pre_sig: sign(price, base),
    pred_pre: plus(price - base),
    flu_rt: rate(price, base),
  }
}

function topVolume(context: TrContext): TrAnswer {
  const byValue = context.body['sort_tp'] === '3'
  const rows = ranked(context, ({ quote }) => (byValue ? quote.value : quote.volume)).map(
    (one): Row => ({
      ...head(context, one),
      trde_qty: String(Math.min(4_294_967_295, one.quote.volume)),
      pred_rt: rate(one.quote.volume, one.before),
      trde_tern_rt: plus((one.quote.volume / one.paper.listedShares) * 100, 2),
      trde_amt: million(one.quote.value),
      ...SESSIONS,
    }),
  )
  return pageByCount(context, 'tdy_trde_qty_upper', rows, 100)
}

/** Blank unless a session is asked for. */
const SESSIONS: Row = Object.fromEntries(
  ['opmr', 'af_mkrt', 'bf_mkrt'].flatMap((session) =>
    ['trde_qty', 'pred_rt', 'trde_rt', 'trde_amt'].map((name) => [`${session}_${name}`, '']),
  ),
)

function topValue(context: TrContext): TrAnswer {
  const rows = ranked(context, ({ quote }) => quote.value).map(
    (one, at): Row => ({
      ...head(context, one),
      now_rank: String(at + 1),
      pred_rank: String(1 + ((at * 7) % 300)),
      sel_bid: directed(one.quote.price, one.quote.base),
      buy_bid: directed(one.quote.price, one.quote.base),
      now_trde_qty: String(one.quote.volume),
      pred_trde_qty: String(one.before),
      trde_prica: million(one.quote.value),
    }),
  )
  return pageByCount(context, 'trde_prica_upper', rows, 100)
}

function topChange(context: TrContext): TrAnswer {
  const falling = context.body['sort_tp'] === '3'
  const change = ({ quote }: Ranked): number => quote.price / quote.base - 1
  const rows = ranked(context, (one) => (falling ? -change(one) : change(one)))
    .filter((one) => (falling ? change(one) < 0 : change(one) > 0))
    .map(
      (one): Row => ({
        stk_cls: '0',
        ...head(context, one),
        sel_req: '1696',
        buy_req: '774',
        now_trde_qty: String(one.quote.volume),
        cntr_str: '103.94',
        cnt: '3',
      }),
    )
  return pageByCount(context, 'pred_pre_flu_rt_upper', rows, 200)
}

function surge(context: TrContext): TrAnswer {
  const rows = ranked(context, ({ quote, before }) => quote.volume - before).map(
    (one): Row => ({
      ...head(context, one),
      prev_trde_qty: String(one.before),
      now_trde_qty: String(one.quote.volume),
      sdnin_qty: plus(one.quote.volume - one.before),
      sdnin_rt: rate(one.quote.volume, one.before),
    }),
  )
  return pageByCount(context, 'trde_qty_sdnin', rows, 200)
}
