import { fromDayNumber } from '@ralph-stock/core'
import { directed, doubled, minus, plus, rate, sign } from '../format.js'
import type { Paper } from '../market/listings.js'
import { inUnit, type Parties } from '../market/parties.js'
import {
  codeAt,
  exchangeOf,
  isRefusal,
  pageByCount,
  type Row,
  stockOf,
  type TrAnswer,
  type TrContext,
  type TrHandler,
  type TrRefusal,
} from './answer.js'

const INVESTOR_FIELDS = ['dt', 'stk_cd', 'amt_qty_tp', 'trde_tp', 'unit_tp']
const PARTS = [
  'fnnc_invt',
  'insrnc',
  'invtrt',
  'etc_fnnc',
  'bank',
  'penfnd_etc',
  'samo_fund',
  'natn',
] as const
const FINAL_SECOND = 66_600
const OPENS = 32_400
const SESSION_SECONDS = 23_400

/** ka10059, ka10060, ka10008, ka10045, ka10131. */
export const investorHandlers: Readonly<Record<string, TrHandler>> = {
  ka10059: {
    path: '/api/dostk/stkinfo',
    required: INVESTOR_FIELDS,
    answer: (context) => byInvestor(context, 'stk_invsr_orgn', true),
  },
  ka10060: {
    path: '/api/dostk/chart',
    required: INVESTOR_FIELDS,
    answer: (context) => byInvestor(context, 'stk_invsr_orgn_chart', false),
  },
  ka10008: { path: '/api/dostk/frgnistt', required: ['stk_cd'], answer: foreignHoldings },
  ka10045: {
    path: '/api/dostk/mrkcond',
    required: ['stk_cd', 'strt_dt', 'end_dt', 'orgn_prsm_unp_tp', 'for_prsm_unp_tp'],
    answer: institutionTrend,
  },
  ka10131: {
    path: '/api/dostk/frgnistt',
    required: ['dt', 'mrkt_tp', 'netslmt_tp', 'stk_inds_tp', 'amt_qty_tp', 'stex_tp'],
    answer: streaks,
  },
}

const dateAt = (context: TrContext, at: number): string =>
  fromDayNumber(context.market.days[at] as number).replaceAll('-', '')

/** Positions of the sessions from a date backwards, those that have begun. */
function* backwards(context: TrContext, from: string): Generator<number> {
  for (let at = context.moment.at; at >= 0; at--) if (dateAt(context, at) <= from) yield at
}

/**
 * Parties of a day; before the evening of the day itself an estimate in thousands of shares. Null where
 * there are none, as before the session.
 */
function partiesAt(
  context: TrContext,
  paper: Paper,
  at: number,
  unit: 'shares' | 'value' = 'shares',
): Parties | null {
  const { market, moment } = context
  if (at < moment.at || moment.second >= FINAL_SECOND) return market.net(paper, at, unit)
  const parties = market.net(paper, at, 'shares')
  if (parties === null || moment.second < OPENS) return null
  const part = Math.min(1, (moment.second - OPENS) / SESSION_SECONDS)
  const { price } = market.quote(paper, 'KRX', moment)
  return inUnit(parties, (shares) => {
    const rough = Math.round((shares * part) / 1000) * 1000
    return unit === 'shares' ? rough : rough * price
  })
}

/** A day as it is known: of today what was traded so far. */
function dayAt({ market, moment }: TrContext, paper: Paper, at: number) {
  const path = market.path(paper)
  const base = path.base[at] as number
  if (at < moment.at) {
    return { base, close: path.close[at] as number, volume: path.volume[at] as number }
  }
  const { price, volume } = market.quote(paper, 'KRX', moment)
  return { base, close: price, volume }
}

function byInvestor(context: TrContext, list: string, full: boolean): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { paper } = stock
  const { body } = context
  const unit = body['amt_qty_tp'] === '1' ? 'value' : 'shares'
  const scale = unit === 'value' ? 1e6 : Number(body['unit_tp']) === 1000 ? 1000 : 1
  const rows: Row[] = []
  for (const at of backwards(context, body['dt'] ?? '')) {
    const parties = partiesAt(context, paper, at, unit)
    if (parties === null) continue
    const { base, close, volume } = dayAt(context, paper, at)
    const write = (amount: number): string => minus(amount / scale)
    const parts = Object.fromEntries(PARTS.map((name, i) => [name, write(parties.parts[i] ?? 0)]))
    rows.push({
      dt: dateAt(context, at),
      cur_prc: directed(close, base),
      pred_pre: plus(close - base),
      ...(full
        ? {
            pre_sig: sign(close, base),
            // Percent without its point.
            flu_rt: plus((close / base - 1) * 10_000),
            acc_trde_qty: String(volume),
            acc_trde_prica: minus((volume * close) / 1e6),
          }
        : { acc_trde_prica: String(volume) }),
      ind_invsr: write(parties.individual),
      frgnr_invsr: write(parties.foreign),
      orgn: write(parties.institution),
      ...parts,
      etc_corp: write(parties.other),
      natfor: '0',
    })
  }
  return pageByCount(context, list, rows, 100)
}

function foreignHoldings(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { paper } = stock
  const path = context.market.path(paper)
  const limit = paper.listedShares
  let held = Math.round(limit * (0.05 + (paper.number % 50) / 100))
  const rows: Row[] = []
  for (const at of backwards(context, '99999999')) {
    // Holdings of a day are told in its evening.
    if (at === context.moment.at && context.moment.second < FINAL_SECOND) continue
    const { foreign } = context.market.parties(paper, at)
    if ((path.close[at] as number) === 0) break
    const share = plus((held / limit) * 100, 2)
    rows.push({
      dt: dateAt(context, at),
      close_pric: directed(path.close[at] as number, path.base[at] as number),
      pred_pre: plus((path.close[at] as number) - (path.base[at] as number)),
      trde_qty: String(path.volume[at]),
      chg_qty: minus(foreign),
      poss_stkcnt: String(held),
      wght: share,
      gain_pos_stkcnt: String(limit - held),
      frgnr_limit: String(limit),
      frgnr_limit_irds: '0',
      limit_exh_rt: share,
    })
    held = Math.min(limit, Math.max(0, held - foreign))
  }
  return pageByCount(context, 'stk_frgnr', rows, 50)
}

function institutionTrend(context: TrContext): TrAnswer | TrRefusal {
  const stock = stockOf(context)
  if (isRefusal(stock)) return stock
  const { paper } = stock
  const { body, market, moment } = context
  const first = body['strt_dt'] ?? ''
  const days = [...backwards(context, body['end_dt'] ?? '')].filter(
    (at) => dateAt(context, at) >= first,
  )
  let institution = 0
  let foreign = 0
  const rows: Row[] = []
  for (const at of days.reverse()) {
    const parties = partiesAt(context, paper, at)
    if (parties === null) continue
    institution += parties.institution
    foreign += parties.foreign
    const { base, close, volume } = dayAt(context, paper, at)
    rows.unshift({
      dt: dateAt(context, at),
      close_pric: directed(close, base),
      pre_sig: sign(close, base),
      pred_pre: plus(close - base),
      flu_rt: rate(close, base),
      trde_qty: String(volume),
      orgn_dt_acc: institution.toFixed(6),
      orgn_daly_nettrde_qty: minus(parties.institution),
      for_dt_acc: foreign.toFixed(6),
      for_daly_nettrde_qty: minus(parties.foreign),
      limit_exh_rt: '+21.40',
    })
  }
  const average = String(market.quote(paper, 'KRX', moment).price)
  const fields = { orgn_prsm_avg_pric: average, for_prsm_avg_pric: average }
  return pageByCount(context, 'stk_orgn_trde_trnsn', rows, 100, fields)
}

function streaks(context: TrContext): TrAnswer {
  const { market, moment, body } = context
  const wanted = body['mrkt_tp'] === '101' ? 'KOSDAQ' : 'KOSPI'
  const venue = exchangeOf(body)
  const last = Math.max(0, moment.at - 1)
  const ranked = market.papers
    .filter((paper) => paper.market === wanted && paper.kind === 'common')
    .flatMap((paper) => {
      const parties = market.net(paper, last, 'shares')
      if (parties === null) return []
      const { foreign, institution } = parties
      return [{ paper, foreign, institution, close: market.path(paper).close[last] as number }]
    })
    .sort((a, b) => (b.foreign + b.institution) * b.close - (a.foreign + a.institution) * a.close)
  const streak = (net: number): string => plus(Math.sign(net) * (1 + (Math.abs(net) % 5)))
  const rows = ranked.map(({ paper, foreign, institution, close }, at): Row => {
    const value = (shares: number): string => doubled((shares * close) / 1e6)
    const total = foreign + institution
    return {
      rank: String(at + 1),
      stk_cd: codeAt(paper, venue),
      stk_nm: paper.name,
      prid_stkpc_flu_rt: '+1.20',
      orgn_nettrde_amt: value(institution),
      orgn_nettrde_qty: doubled(institution),
      orgn_cont_netprps_dys: streak(institution),
      orgn_cont_netprps_qty: doubled(institution),
      orgn_cont_netprps_amt: value(institution),
      frgnr_nettrde_qty: doubled(foreign),
      frgnr_nettrde_amt: value(foreign),
      frgnr_cont_netprps_dys: streak(foreign),
      frgnr_cont_netprps_qty: doubled(foreign),
      frgnr_cont_netprps_amt: value(foreign),
      nettrde_qty: doubled(total),
      nettrde_amt: value(total),
      tot_cont_netprps_dys: streak(total),
      tot_cont_nettrde_qty: doubled(total),
      tot_cont_netprps_amt: value(total),
    }
  })
  return pageByCount(context, 'orgn_frgnr_cont_trde_prst', rows, 100)
}
