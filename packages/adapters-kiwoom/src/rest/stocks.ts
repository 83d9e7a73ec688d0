import {
  isRalphError,
  type QuoteVenue,
  RalphError,
  type RequestOptions,
  type StockKind,
} from '@ralph-stock/core'
import { KIND_LISTS, listingOf, MARKET_LISTS, type StockListing } from '../map/stocks.js'
import { readBody, readRows } from '../schema/rows.js'
import { basicInfoBody, knownStock, type ListRow, listRow } from '../schema/stocks.js'
import { itemOf } from '../venue.js'
import type { Asker } from './asker.js'
import { rowPages } from './pages.js'
import { TR } from './tr.js'

/** What is known of one stock now. KRW, shares, fractions; null where the broker leaves it blank. */
export type BasicInfo = {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly name: string
  readonly price: number
  readonly basePrice: number | null
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  readonly upperLimit: number | null
  readonly lowerLimit: number | null
  readonly change: number | null
  readonly volume: number | null
  readonly listedShares: number | null
  readonly floatShares: number | null
  readonly marketCap: number | null
  readonly foreignShare: number | null
  readonly per: number | null
  readonly pbr: number | null
  readonly roe: number | null
  readonly eps: number | null
  readonly bps: number | null
  readonly sales: number | null
  readonly operatingProfit: number | null
  readonly netIncome: number | null
  readonly yearHigh: number | null
  readonly yearLow: number | null
  /** Outside of auctions null. */
  readonly expectedPrice: number | null
}

/** How a list is asked for. */
export type ListOptions = RequestOptions & {
  /** KOSPI and KOSDAQ unless said. */
  readonly markets?: readonly string[]
}

/** Lists that say of which kind a code is: funds and notes stand among the shares of their market. */
const ASKED_KINDS = ['8', '60', '6', '2', '4'] as const

/**
 * Every listing, by ticker. A list of a kind that is not served is left out and said in an event; the
 * rows' own words then decide.
 */
export async function listStocks(asker: Asker, options: ListOptions = {}): Promise<StockListing[]> {
  const wanted = options.markets ?? ['KOSPI', 'KOSDAQ']
  const lists = Object.entries(MARKET_LISTS).filter(([, market]) => wanted.includes(market))
  const [kinds, ...markets] = await Promise.all([
    readKinds(asker, options),
    ...lists.map(async ([list, market]) => ({
      market,
      rows: await readList(asker, list, options),
    })),
  ])
  const listings = new Map<string, StockListing>()
  for (const { market, rows } of markets) {
    for (const row of rows) {
      const { ticker } = row.code
      if (listings.has(ticker)) asker.refusals.add('ka10099: code twice')
      else listings.set(ticker, listingOf(row, market, kinds.get(ticker) ?? null))
    }
  }
  return [...listings.values()].sort((a, b) => (a.ticker < b.ticker ? -1 : 1))
}

async function readKinds(asker: Asker, options: ListOptions): Promise<Map<string, StockKind>> {
  const kinds = new Map<string, StockKind>()
  for (const list of ASKED_KINDS) {
    const kind = KIND_LISTS[list]
    if (kind === undefined) continue
    try {
      for (const row of await readList(asker, list, options)) kinds.set(row.code.ticker, kind)
    } catch (error) {
      if (!isRalphError(error) || !TOLERATED.has(error.code)) throw error
      asker.onEvent({ type: 'list-missing', list, code: error.code })
    }
  }
  return kinds
}

const TOLERATED = new Set(['E_BROKER_REQUEST', 'E_BROKER_REFUSED', 'E_BROKER_NOT_FOUND'])

async function readList(asker: Asker, list: string, options: ListOptions): Promise<ListRow[]> {
  const rows: ListRow[] = []
  const body = { mrkt_tp: list }
  for await (const page of rowPages(asker.client, TR.stockList, body, 'list', options)) {
    rows.push(...readRows(listRow, page.rows, TR.stockList.id, asker.refusals))
  }
  return rows
}

/**
 * What is known of a stock now.
 *
 * @throws RalphError E_BROKER_NOT_FOUND, also when the broker answers an unknown code with blanks
 */
export async function basicInfo(
  asker: Asker,
  ticker: string,
  venue: QuoteVenue,
  options?: RequestOptions,
): Promise<BasicInfo> {
  const { id } = TR.basicInfo
  const body = { stk_cd: itemOf(ticker, venue) }
  const page = await asker.client.page(TR.basicInfo, body, null, options)
  if (!knownStock.safeParse(page.body).success) {
    asker.refusals.add(`${id}: blank answer`)
    throw new RalphError('E_BROKER_NOT_FOUND', `no stock has the code "${ticker}"`, { ticker })
  }
  const info = readBody(basicInfoBody, page.body, id, asker.refusals)
  return {
    ticker: info.stk_cd.ticker,
    venue: info.stk_cd.venue,
    name: info.stk_nm,
    price: info.cur_prc,
    basePrice: positive(info.base_pric),
    open: positive(info.open_pric),
    high: positive(info.high_pric),
    low: positive(info.low_pric),
    upperLimit: positive(info.upl_pric),
    lowerLimit: positive(info.lst_pric),
    change: known(info.flu_rt),
    volume: known(info.trde_qty),
    listedShares: known(info.flo_stk),
    floatShares: known(info.dstr_stk),
    marketCap: known(info.mac),
    foreignShare: known(info.for_exh_rt),
    per: known(info.per),
    pbr: known(info.pbr),
    roe: known(info.roe),
    eps: known(info.eps),
    bps: known(info.bps),
    sales: known(info.sale_amt),
    operatingProfit: known(info.bus_pro),
    netIncome: known(info.cup_nga),
    yearHigh: positive(info['250hgst']),
    yearLow: positive(info['250lwst']),
    expectedPrice: positive(info.exp_cntr_pric),
  }
}

/** NaN within, null outside. */
export function known(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function positive(value: number): number | null {
  return value > 0 ? value : null
}
