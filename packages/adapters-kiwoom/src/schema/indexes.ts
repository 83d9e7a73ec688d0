import { z } from 'zod'
import {
  count,
  direction,
  type Industry,
  indexValue,
  industry,
  millions,
  type Numbers,
  percent,
  type Schema,
  signed,
  text,
  thousands,
} from './fields.js'

/** What `indexNowBody` makes of it. */
export type IndexNowBody = Numbers<
  | 'cur_prc'
  | 'pred_pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'trde_qty'
  | 'trde_prica'
  | 'open_pric'
  | 'high_pric'
  | 'low_pric'
  | 'upl'
  | 'rising'
  | 'stdns'
  | 'fall'
  | 'lst'
> & { inds_cur_prc_tm?: unknown[] | undefined }

/** ka20001. Decimals whose sign is a direction; volume in thousands of shares. */
export const indexNowBody: Schema<IndexNowBody> = z.object({
  cur_prc: indexValue,
  pred_pre_sig: direction,
  pred_pre: signed,
  flu_rt: percent,
  trde_qty: thousands,
  trde_prica: millions,
  open_pric: indexValue,
  high_pric: indexValue,
  low_pric: indexValue,
  upl: count,
  rising: count,
  stdns: count,
  fall: count,
  lst: count,
  inds_cur_prc_tm: z.array(z.unknown()).optional(),
})

/** What `indexStepRow` makes of it. */
export type IndexStepRow = Numbers<'cur_prc_n' | 'trde_qty_n' | 'acc_trde_qty_n'> & { tm_n: string }

/** A ten-second row of ka20001; rows of closing sums (999999, 888888) have no time and are refused. */
export const indexStepRow: Schema<IndexStepRow> = z.object({
  tm_n: z.string(),
  cur_prc_n: indexValue,
  trde_qty_n: thousands,
  acc_trde_qty_n: thousands,
})

/** What `indexRow` makes of it. */
export type IndexRow = Numbers<
  | 'cur_prc'
  | 'pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'trde_qty'
  | 'trde_prica'
  | 'upl'
  | 'rising'
  | 'stdns'
  | 'fall'
  | 'lst'
  | 'flo_stk_num'
> & { stk_cd: Industry; stk_nm: string }

/** ka20003. */
export const indexRow: Schema<IndexRow> = z.object({
  stk_cd: industry,
  stk_nm: text,
  cur_prc: indexValue,
  pre_sig: direction,
  pred_pre: signed,
  flu_rt: percent,
  trde_qty: thousands,
  trde_prica: millions,
  upl: count,
  rising: count,
  stdns: count,
  fall: count,
  lst: count,
  flo_stk_num: count,
})
