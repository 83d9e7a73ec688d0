import { z } from 'zod'
import {
  count,
  direction,
  type Item,
  item,
  millions,
  type Numbers,
  percent,
  positivePrice,
  type Schema,
  signed,
  text,
} from './fields.js'

const quote = {
  stk_cd: item,
  stk_nm: text,
  cur_prc: positivePrice,
  pred_pre_sig: direction,
  pred_pre: signed,
  flu_rt: percent,
}

/** What `topVolumeRow` makes of it. */
export type TopVolumeRow = Numbers<
  | 'cur_prc'
  | 'pred_pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'trde_qty'
  | 'pred_rt'
  | 'trde_tern_rt'
  | 'trde_amt'
> & { stk_cd: Item; stk_nm: string }

/** ka10030. */
export const topVolumeRow: Schema<TopVolumeRow> = z.object({
  ...quote,
  trde_qty: count,
  pred_rt: percent,
  trde_tern_rt: percent,
  trde_amt: millions,
})

/** What `topValueRow` makes of it. */
export type TopValueRow = Numbers<
  | 'cur_prc'
  | 'pred_pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'now_rank'
  | 'pred_rank'
  | 'now_trde_qty'
  | 'pred_trde_qty'
  | 'trde_prica'
> & { stk_cd: Item; stk_nm: string }

/** ka10032. */
export const topValueRow: Schema<TopValueRow> = z.object({
  ...quote,
  now_rank: count,
  pred_rank: count,
  now_trde_qty: count,
  pred_trde_qty: count,
  trde_prica: millions,
})

/** What `topChangeRow` makes of it. */
export type TopChangeRow = Numbers<
  | 'cur_prc'
  | 'pred_pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'now_trde_qty'
  | 'sel_req'
  | 'buy_req'
  | 'cntr_str'
> & { stk_cd: Item; stk_nm: string }

/** ka10027. */
export const topChangeRow: Schema<TopChangeRow> = z.object({
  ...quote,
  now_trde_qty: count,
  sel_req: count,
  buy_req: count,
  cntr_str: percent,
})

/** What `volumeSurgeRow` makes of it. */
export type VolumeSurgeRow = Numbers<
  | 'cur_prc'
  | 'pred_pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'prev_trde_qty'
  | 'now_trde_qty'
  | 'sdnin_qty'
  | 'sdnin_rt'
> & { stk_cd: Item; stk_nm: string }

/** ka10023. */
export const volumeSurgeRow: Schema<VolumeSurgeRow> = z.object({
  ...quote,
  prev_trde_qty: count,
  now_trde_qty: count,
  sdnin_qty: signed,
  sdnin_rt: percent,
})
