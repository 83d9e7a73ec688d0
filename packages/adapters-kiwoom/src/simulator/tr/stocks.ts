import { fromDayNumber, priceLimits } from '@ralph-stock/core'
import { clockTime, directed, padded, plus, rate, sign } from '../format.js'
import { type Paper, rulesOf } from '../market/listings.js'
import type { Quote } from '../market/market.js'
import { bookOf } from '../market/order-book.js'
import {
  isRefusal,
  type Row,
  stockOf,
  type TrAnswer,
  type TrContext,
  type TrHandler,
  type TrRefusal,
} from './answer.js'

/** ka10099, ka10001, ka10004. */
export const stockHandlers: Readonly<Record<string, TrHandler>> = {
  ka10099: { path: '/api/dostk/stkinfo', required: ['mrkt_tp'], answer: stockList },
  ka10001: { path: '/api/dostk/stkinfo', required: ['stk_cd'], answer: basicInfo },
  ka10004: { path: '/api/dostk/mrkcond', required: ['stk_cd'], answer: orderBook },
}

const LISTS: Readonly<Record<string, (paper: Paper) => boolean>> = {
  // Shares, funds and notes of a market stand in one list.
  '0': (paper) => paper.market === 'KOSPI',
  '10': (paper) => paper.market === 'KOSDAQ',
  '50': (paper) => paper.market === 'KONEX',
  '8': (paper) => paper.kind === 'etf',
  '60': (paper) => paper.kind === 'etn',
  '6': (paper) => paper.kind === 'reit',
  '3': (paper) => paper.kind === 'elw',
  '2': (paper) => paper.kind === 'fund',
}

/** What a row calls the market of a paper: by its kind, or else where it is listed. */
const MARKETS: Readonly<Record<string, readonly [code: string, name: string]>> = {
  etf: ['8', 'ETF'],
  etn: ['60', 'ETN'],
  elw: ['3', 'ELW'],
  KOSPI: ['0', '거래소'],
  KOSDAQ: ['10', '코스닥'],
  KONEX: ['50', '코넥스'],
}

function stockList(context: TrContext): TrAnswer {
  const wanted = LISTS[context.body['mrkt_tp'] ?? ''] ?? (() => false)
  const rows = context.market.papers
    .filter(wanted)
    .map((paper) => listRow(context, paper))
    .sort((a, b) => ((a['code'] ?? '') < (b['code'] ?? '') ? -1 : 1))
  return { fields: { list: rows }, rows: rows.length, next: null }
}

function listRow({ market, moment }: TrContext, paper: Paper): Row {
  const base = market.path(paper).base[moment.at] as number
  const [marketCode, marketName] = MARKETS[paper.kind] ?? MARKETS[paper.market] ?? ['', '']
  return {
    code: paper.code,
    name: paper.name,
    listCount: paper.listCount === null ? '' : padded(paper.listCount, 16),
    auditInfo: paper.audit,
    regDay: paper.listingDay,
    lastPrice: padded(base, 8),
    state: paper.state,
    marketCode,
    marketName,
    upName: paper.sector,
    upSizeName: paper.size,
    companyClassName: paper.companyClass,
    orderWarning: paper.warning,
    nxtEnable: paper.nxt ? 'Y' : 'N',
    kind: paper.kind === 'etn' ? 'Q' : 'A',
  }
}

function basicInfo(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { paper, venue } = stock
  const { market, moment } = context
  const quote = market.quote(paper, venue, moment)
  const { base, price } = quote
  const { high, low, highAt, lowAt } = extremesOf(context, paper, quote)
  const dateAt = (at: number): string =>
    fromDayNumber(market.days[at] as number).replaceAll('-', '')
  const limits = priceLimits(
    Math.max(1, Math.round(base)),
    rulesOf(paper, fromDayNumber(market.days[moment.at] as number)),
  )
  const eps = Math.round(price / (8 + (paper.number % 30)))
  const fields = {
    stk_cd: stock.code,
    stk_nm: paper.name,
    setl_mm: '12',
    fav: '500',
    cap: String(Math.round((paper.listedShares * 500) / 1e8)),
    flo_stk: String(Math.round(paper.listedShares / 1000)),
    crd_rt: '+0.42',
    oyr_hgst: directed(high, base),
    oyr_lwst: directed(low, base),
    mac: String(Math.round((paper.listedShares * price) / 1e8)),
    mac_wght: '',
    for_exh_rt: `+${(5 + (paper.number % 50)).toFixed(2)}`,
    repl_pric: String(Math.floor((base * 0.7) / 10) * 10),
    per: (price / eps).toFixed(2),
    eps: String(eps),
    roe: '7.1',
    pbr: '1.12',
    ev: '6.40',
    bps: String(Math.round(price / 1.12)),
    sale_amt: String(1000 + paper.number * 7),
    bus_pro: String(100 + paper.number),
    cup_nga: String(80 + paper.number),
    '250hgst': directed(high, base),
    '250lwst': directed(low, base),
    open_pric: directed(quote.open, base),
    high_pric: directed(quote.high, base),
    low_pric: directed(quote.low, base),
    upl_pric: `+${limits.upper}`,
    lst_pric: `-${limits.lower}`,
    base_pric: String(base),
    exp_cntr_pric: '-0',
    exp_cntr_qty: '0',
    '250hgst_pric_dt': dateAt(highAt),
    '250hgst_pric_pre_rt': rate(price, high),
    '250lwst_pric_dt': dateAt(lowAt),
    '250lwst_pric_pre_rt': rate(price, low),
    cur_prc: directed(price, base),
    pre_sig: sign(price, base),
    pred_pre: plus(price - base),
    flu_rt: rate(price, base),
    trde_qty: String(quote.volume),
    trde_pre: '-12.40',
    fav_unit: '원',
    dstr_stk: String(Math.round(paper.listedShares * 0.0007)),
    dstr_rt: '70.0',
  }
  return { fields, rows: 1, next: null }
}

/** The highest and lowest price of 250 sessions, today's so far included. */
function extremesOf({ market, moment }: TrContext, paper: Paper, quote: Quote) {
  const path = market.path(paper)
  const today = quote.open > 0 ? quote : { high: quote.price, low: quote.price }
  const found = { high: today.high, low: today.low, highAt: moment.at, lowAt: moment.at }
  for (let at = moment.at - 1; at >= Math.max(0, moment.at - 249); at--) {
    const high = path.high[at] as number
    const low = path.low[at] as number
    if (high > found.high) Object.assign(found, { high, highAt: at })
    // A day without trades may have none.
    if (low > 0 && low < found.low) Object.assign(found, { low, lowAt: at })
  }
  return found
}

function orderBook(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { paper } = stock
  const { market, moment } = context
  // KRX orders, whatever the suffix.
  const quote = market.quote(paper, 'KRX', moment)
  const day = market.days[moment.at] as number
  const book = bookOf(paper, quote.price, day, moment.second)
  const fields: Record<string, string> = { bid_req_base_tm: clockTime(moment.second) }
  for (let level = 10; level >= 1; level--) {
    write(fields, 'sel', level, book.asks[level - 1], quote.base)
  }
  for (let level = 1; level <= 10; level++) {
    write(fields, 'buy', level, book.bids[level - 1], quote.base)
  }
  Object.assign(fields, {
    tot_sel_req_jub_pre: '0',
    tot_sel_req: String(book.totalAsk),
    tot_buy_req: String(book.totalBid),
    tot_buy_req_jub_pre: '+2',
    ovt_sel_req_pre: '0',
    ovt_sel_req: '0',
    ovt_buy_req: '0',
    ovt_buy_req_pre: '0',
  })
  return { fields, rows: 1, next: null }
}

function write(
  fields: Record<string, string>,
  side: 'sel' | 'buy',
  level: number,
  at: { readonly price: number; readonly quantity: number } | undefined,
  base: number,
): void {
  const price = directed(at?.price ?? 0, base)
  const quantity = String(at?.quantity ?? 0)
  fields[`${side}_${level}th_pre_req_pre`] = level % 3 === 0 ? '--2' : '0'
  fields[level === 1 ? `${side}_fpr_req` : `${side}_${level}th_pre_req`] = quantity
  fields[level === 1 ? `${side}_fpr_bid` : `${side}_${level}th_pre_bid`] = price
}
