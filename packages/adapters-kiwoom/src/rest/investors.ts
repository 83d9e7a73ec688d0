import {
  dayNumber,
  epochMsOfKst,
  fromDayNumber,
  type QuoteVenue,
  type RequestOptions,
  type TradeDate,
} from '@ralph-stock/core'
import type { z } from 'zod'
import { ascending, type DayFlow } from '../map/columns.js'
import { sameItem } from '../map/items.js'
import { writeDate } from '../map/times.js'
import {
  foreignHoldingRow,
  institutionAverages,
  institutionRow,
  investorChartRow,
  investorRow,
  streakRow,
} from '../schema/investors.js'
import { readBody, readRows } from '../schema/rows.js'
import { exchangeNumber, itemOf } from '../venue.js'
import type { Asker } from './asker.js'
import { rowPages } from './pages.js'
import { known } from './stocks.js'
import { TR, type Tr } from './tr.js'

/** Which stretch of which stock's investors. */
export type InvestorRequest = RequestOptions & {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly from?: TradeDate
  readonly to: TradeDate
  /** Values in KRW (unless said), or shares. */
  readonly unit?: 'value' | 'shares'
}

/**
 * From when on the investors of a day are final. The exchange sums up after the last after-hours trade;
 * before that the broker sends estimates.
 */
const FINAL_AT = '18:30'

/** Net buying by day from ka10059, oldest first. */
export function investors(asker: Asker, request: InvestorRequest): Promise<DayFlow[]> {
  return readFlows(asker, request, TR.investors, 'stk_invsr_orgn', investorRow)
}

/** The same from the chart ka10060, which leaves the rate out. */
export function investorChart(asker: Asker, request: InvestorRequest): Promise<DayFlow[]> {
  return readFlows(asker, request, TR.investorChart, 'stk_invsr_orgn_chart', investorChartRow)
}

type Party = { readonly dt: number; readonly frgnr_invsr: number; readonly orgn: number }

async function readFlows(
  asker: Asker,
  request: InvestorRequest,
  tr: Tr,
  list: string,
  schema: z.ZodType<Party, unknown>,
): Promise<DayFlow[]> {
  const shares = request.unit === 'shares'
  const first = request.from === undefined ? Number.NEGATIVE_INFINITY : dayNumber(request.from)
  const body = {
    dt: writeDate(request.to),
    stk_cd: itemOf(request.ticker, request.venue),
    amt_qty_tp: shares ? '2' : '1',
    trde_tp: '0',
    unit_tp: '1',
  }
  const rows: Party[] = []
  for await (const page of rowPages(asker.client, tr, body, list, request)) {
    sameItem(page.body, body.stk_cd, tr.id)
    const good = readRows(schema, page.rows, tr.id, asker.refusals)
    rows.push(...good)
    if (good.some((row) => row.dt < first)) break
  }
  const last = dayNumber(request.to)
  const now = asker.clock.now()
  const wanted = rows.filter((row) => row.dt >= first && row.dt <= last)
  return ascending(wanted, (row) => row.dt).map((row) => ({
    day: row.dt,
    foreignNetValue: shares ? Number.NaN : row.frgnr_invsr * 1e6,
    institutionNetValue: shares ? Number.NaN : row.orgn * 1e6,
    foreignNetVolume: shares ? row.frgnr_invsr : Number.NaN,
    institutionNetVolume: shares ? row.orgn : Number.NaN,
    provisional: now < epochMsOfKst(fromDayNumber(row.dt), FINAL_AT),
  }))
}

/** What foreigners hold at the end of a day. */
export type ForeignHolding = {
  readonly day: number
  readonly close: number | null
  /** Shares held, their change on the day, and their share of the limit. */
  readonly shares: number | null
  readonly change: number | null
  readonly limitShare: number | null
}

/** Foreign holdings, oldest first; about 50 days a page. */
export async function foreignHoldings(
  asker: Asker,
  request: RequestOptions & {
    readonly ticker: string
    readonly venue: QuoteVenue
    readonly pages?: number
  },
): Promise<ForeignHolding[]> {
  const body = { stk_cd: itemOf(request.ticker, request.venue) }
  const rows: Array<z.infer<typeof foreignHoldingRow>> = []
  const options = { ...request, pages: request.pages ?? 1 }
  for await (const page of rowPages(asker.client, TR.foreignHolding, body, 'stk_frgnr', options)) {
    rows.push(...readRows(foreignHoldingRow, page.rows, TR.foreignHolding.id, asker.refusals))
  }
  return ascending(rows, (row) => row.dt).map((row) => ({
    day: row.dt,
    close: known(row.close_pric),
    shares: known(row.poss_stkcnt),
    change: known(row.chg_qty),
    limitShare: known(row.limit_exh_rt),
  }))
}

/** Net buying of institutions and foreigners in shares, with their estimated average prices. */
export type InstitutionTrend = {
  readonly institutionAverage: number | null
  readonly foreignAverage: number | null
  readonly days: ReadonlyArray<{
    readonly day: number
    readonly close: number | null
    readonly institutionNet: number | null
    readonly foreignNet: number | null
  }>
}

/** ka10045, oldest first. */
export async function institutionTrend(
  asker: Asker,
  request: RequestOptions & {
    readonly ticker: string
    readonly venue: QuoteVenue
    readonly from: TradeDate
    readonly to: TradeDate
  },
): Promise<InstitutionTrend> {
  const body = {
    stk_cd: itemOf(request.ticker, request.venue),
    strt_dt: writeDate(request.from),
    end_dt: writeDate(request.to),
    // Required, though their values change nothing.
    orgn_prsm_unp_tp: '1',
    for_prsm_unp_tp: '1',
  }
  const { id } = TR.institutionTrend
  const rows: Array<z.infer<typeof institutionRow>> = []
  let averages = { orgn_prsm_avg_pric: Number.NaN, for_prsm_avg_pric: Number.NaN }
  const list = 'stk_orgn_trde_trnsn'
  for await (const page of rowPages(asker.client, TR.institutionTrend, body, list, request)) {
    if (rows.length === 0) averages = readBody(institutionAverages, page.body, id, asker.refusals)
    rows.push(...readRows(institutionRow, page.rows, id, asker.refusals))
  }
  return {
    institutionAverage: known(averages.orgn_prsm_avg_pric),
    foreignAverage: known(averages.for_prsm_avg_pric),
    days: ascending(rows, (row) => row.dt).map((row) => ({
      day: row.dt,
      close: known(row.close_pric),
      institutionNet: known(row.orgn_daly_nettrde_qty),
      foreignNet: known(row.for_daly_nettrde_qty),
    })),
  }
}

/** How long institutions and foreigners have been buying; negative days are days of selling. */
export type BuyingStreak = {
  readonly rank: number
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly name: string
  readonly institutionDays: number | null
  readonly foreignDays: number | null
  readonly institutionNetValue: number | null
  readonly foreignNetValue: number | null
}

/** ka10131: a market's stocks in a row bought; there is no list of both markets. */
export async function buyingStreaks(
  asker: Asker,
  request: RequestOptions & {
    readonly market: 'KOSPI' | 'KOSDAQ'
    readonly venue: QuoteVenue
    readonly days?: 1 | 3 | 5 | 10 | 20 | 120
    readonly pages?: number
  },
): Promise<BuyingStreak[]> {
  const body = {
    dt: String(request.days ?? 5),
    strt_dt: '',
    end_dt: '',
    mrkt_tp: request.market === 'KOSPI' ? '001' : '101',
    netslmt_tp: '2',
    stk_inds_tp: '0',
    amt_qty_tp: '0',
    stex_tp: exchangeNumber(request.venue),
  }
  const { id } = TR.buyingStreaks
  const streaks: BuyingStreak[] = []
  const list = 'orgn_frgnr_cont_trde_prst'
  const options = { ...request, pages: request.pages ?? 1 }
  for await (const page of rowPages(asker.client, TR.buyingStreaks, body, list, options)) {
    for (const row of readRows(streakRow, page.rows, id, asker.refusals)) {
      streaks.push({
        rank: row.rank,
        ticker: row.stk_cd.ticker,
        venue: row.stk_cd.venue,
        name: row.stk_nm,
        institutionDays: known(row.orgn_cont_netprps_dys),
        foreignDays: known(row.frgnr_cont_netprps_dys),
        institutionNetValue: known(row.orgn_nettrde_amt),
        foreignNetValue: known(row.frgnr_nettrde_amt),
      })
    }
  }
  return streaks
}
