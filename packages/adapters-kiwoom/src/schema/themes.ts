import { z } from 'zod'
import {
  count,
  direction,
  type Item,
  item,
  type Numbers,
  percent,
  positivePrice,
  type Schema,
  signed,
  someText,
  text,
} from './fields.js'

/** What `themeRow` makes of it. */
export type ThemeRow = Numbers<
  'stk_num' | 'flu_sig' | 'flu_rt' | 'rising_stk_num' | 'fall_stk_num' | 'dt_prft_rt'
> & { thema_grp_cd: string; thema_nm: string; main_stk: string }

/** ka90001. */
export const themeRow: Schema<ThemeRow> = z.object({
  thema_grp_cd: someText,
  thema_nm: someText,
  stk_num: count,
  flu_sig: direction,
  flu_rt: percent,
  rising_stk_num: count,
  fall_stk_num: count,
  dt_prft_rt: percent,
  main_stk: text,
})

/** What `themeStockRow` makes of it. */
export type ThemeStockRow = Numbers<
  'cur_prc' | 'flu_sig' | 'pred_pre' | 'flu_rt' | 'acc_trde_qty' | 'dt_prft_rt_n'
> & { stk_cd: Item; stk_nm: string }

/** ka90002. An unknown theme gives one row of blanks, which is refused. */
export const themeStockRow: Schema<ThemeStockRow> = z.object({
  stk_cd: item,
  stk_nm: text,
  cur_prc: positivePrice,
  flu_sig: direction,
  pred_pre: signed,
  flu_rt: percent,
  acc_trde_qty: count,
  dt_prft_rt_n: percent,
})
