import { z } from 'zod'
import {
  count,
  day,
  decimal,
  direction,
  type Item,
  item,
  millions,
  type Numbers,
  percent,
  percentTimes100,
  price,
  type Schema,
  signed,
  text,
} from './fields.js'

/** The parties whose net buying is told apart; their sum is about 0. */
const parties = {
  ind_invsr: signed,
  frgnr_invsr: signed,
  orgn: signed,
  fnnc_invt: signed,
  insrnc: signed,
  invtrt: signed,
  etc_fnnc: signed,
  bank: signed,
  penfnd_etc: signed,
  samo_fund: signed,
  natn: signed,
  etc_corp: signed,
  natfor: signed,
}

/** What `investorRow` makes of it. */
export type InvestorRow = Numbers<
  | 'dt'
  | 'cur_prc'
  | 'pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'acc_trde_qty'
  | 'acc_trde_prica'
  | 'ind_invsr'
  | 'frgnr_invsr'
  | 'orgn'
  | 'fnnc_invt'
  | 'insrnc'
  | 'invtrt'
  | 'etc_fnnc'
  | 'bank'
  | 'penfnd_etc'
  | 'samo_fund'
  | 'natn'
  | 'etc_corp'
  | 'natfor'
>

/** ka10059. The rate is percent times 100; value in millions of KRW. */
export const investorRow: Schema<InvestorRow> = z.object({
  dt: day,
  cur_prc: price,
  pre_sig: direction,
  pred_pre: signed,
  flu_rt: percentTimes100,
  acc_trde_qty: count,
  acc_trde_prica: millions,
  ...parties,
})

/** What `investorChartRow` makes of it. */
export type InvestorChartRow = Numbers<
  | 'dt'
  | 'cur_prc'
  | 'pred_pre'
  | 'acc_trde_prica'
  | 'ind_invsr'
  | 'frgnr_invsr'
  | 'orgn'
  | 'fnnc_invt'
  | 'insrnc'
  | 'invtrt'
  | 'etc_fnnc'
  | 'bank'
  | 'penfnd_etc'
  | 'samo_fund'
  | 'natn'
  | 'etc_corp'
  | 'natfor'
>

/** ka10060. What it calls accumulated value is the volume in shares. */
export const investorChartRow: Schema<InvestorChartRow> = z.object({
  dt: day,
  cur_prc: price,
  pred_pre: signed,
  acc_trde_prica: count,
  ...parties,
})

/** What `foreignHoldingRow` makes of it. */
export type ForeignHoldingRow = Numbers<
  | 'dt'
  | 'close_pric'
  | 'pred_pre'
  | 'trde_qty'
  | 'chg_qty'
  | 'poss_stkcnt'
  | 'wght'
  | 'gain_pos_stkcnt'
  | 'frgnr_limit'
  | 'limit_exh_rt'
>

/** ka10008. */
export const foreignHoldingRow: Schema<ForeignHoldingRow> = z.object({
  dt: day,
  close_pric: price,
  pred_pre: signed,
  trde_qty: count,
  chg_qty: signed,
  poss_stkcnt: count,
  wght: percent,
  gain_pos_stkcnt: count,
  frgnr_limit: count,
  limit_exh_rt: percent,
})

/** What `institutionAverages` makes of it. */
export type InstitutionAverages = Numbers<'orgn_prsm_avg_pric' | 'for_prsm_avg_pric'>

/** ka10045, the two averages. */
export const institutionAverages: Schema<InstitutionAverages> = z.object({
  orgn_prsm_avg_pric: price,
  for_prsm_avg_pric: price,
})

/** What `institutionRow` makes of it. */
export type InstitutionRow = Numbers<
  | 'dt'
  | 'close_pric'
  | 'flu_rt'
  | 'trde_qty'
  | 'orgn_dt_acc'
  | 'orgn_daly_nettrde_qty'
  | 'for_dt_acc'
  | 'for_daly_nettrde_qty'
  | 'limit_exh_rt'
>

/** ka10045. The accumulated counts come as decimals. */
export const institutionRow: Schema<InstitutionRow> = z.object({
  dt: day,
  close_pric: price,
  flu_rt: percent,
  trde_qty: count,
  orgn_dt_acc: decimal,
  orgn_daly_nettrde_qty: signed,
  for_dt_acc: decimal,
  for_daly_nettrde_qty: signed,
  limit_exh_rt: percent,
})

/** What `streakRow` makes of it. */
export type StreakRow = Numbers<
  | 'rank'
  | 'prid_stkpc_flu_rt'
  | 'orgn_nettrde_amt'
  | 'orgn_nettrde_qty'
  | 'orgn_cont_netprps_dys'
  | 'frgnr_nettrde_qty'
  | 'frgnr_nettrde_amt'
  | 'frgnr_cont_netprps_dys'
  | 'tot_cont_netprps_dys'
> & { stk_cd: Item; stk_nm: string }

/** ka10131. Millions of KRW and shares, negative ones with two minus signs. */
export const streakRow: Schema<StreakRow> = z.object({
  rank: count,
  stk_cd: item,
  stk_nm: text,
  prid_stkpc_flu_rt: percent,
  orgn_nettrde_amt: millions,
  orgn_nettrde_qty: signed,
  orgn_cont_netprps_dys: signed,
  frgnr_nettrde_qty: signed,
  frgnr_nettrde_amt: millions,
  frgnr_cont_netprps_dys: signed,
  tot_cont_netprps_dys: signed,
})
