import { z } from 'zod'
import {
  count,
  decimal,
  direction,
  hundredMillions,
  type Item,
  item,
  type Numbers,
  optionalDay,
  percent,
  positivePrice,
  price,
  type Schema,
  signed,
  someText,
  text,
  thousands,
} from './fields.js'

/** What `listRow` makes of it. */
export type ListRow = Numbers<'listCount' | 'lastPrice'> & {
  code: Item
  name: string
  auditInfo: string
  regDay: number | null
  state: string
  marketCode: string
  marketName: string
  upName: string
  upSizeName: string
  companyClassName: string
  orderWarning: string
  nxtEnable: string
  kind?: string | undefined
}

/** ka10099. Names in camel case; numbers padded with zeros. */
export const listRow: Schema<ListRow> = z.object({
  code: item,
  name: someText,
  listCount: count,
  auditInfo: text,
  regDay: optionalDay,
  lastPrice: price,
  state: text,
  marketCode: text,
  marketName: text,
  upName: text,
  upSizeName: text,
  companyClassName: text,
  orderWarning: text,
  nxtEnable: text,
  kind: text.optional(),
})

/** What `basicInfoBody` makes of it. */
export type BasicInfoBody = Numbers<
  | 'cur_prc'
  | 'base_pric'
  | 'open_pric'
  | 'high_pric'
  | 'low_pric'
  | 'upl_pric'
  | 'lst_pric'
  | 'pre_sig'
  | 'pred_pre'
  | 'flu_rt'
  | 'trde_qty'
  | 'flo_stk'
  | 'dstr_stk'
  | 'dstr_rt'
  | 'mac'
  | 'for_exh_rt'
  | 'crd_rt'
  | 'per'
  | 'pbr'
  | 'roe'
  | 'ev'
  | 'eps'
  | 'bps'
  | 'sale_amt'
  | 'bus_pro'
  | 'cup_nga'
  | '250hgst'
  | '250lwst'
  | 'exp_cntr_pric'
  | 'exp_cntr_qty'
> & {
  stk_cd: Item
  stk_nm: string
  '250hgst_pric_dt': number | null
  '250lwst_pric_dt': number | null
}

/** ka10001. An unknown code may come back as success with a blank name and price. */
export const basicInfoBody: Schema<BasicInfoBody> = z.object({
  stk_cd: item,
  stk_nm: text,
  cur_prc: price,
  base_pric: price,
  open_pric: price,
  high_pric: price,
  low_pric: price,
  upl_pric: price,
  lst_pric: price,
  pre_sig: direction,
  pred_pre: signed,
  flu_rt: percent,
  trde_qty: count,
  flo_stk: thousands,
  dstr_stk: thousands,
  dstr_rt: percent,
  mac: hundredMillions,
  for_exh_rt: percent,
  crd_rt: percent,
  per: decimal,
  pbr: decimal,
  roe: percent,
  ev: decimal,
  eps: signed,
  bps: signed,
  sale_amt: hundredMillions,
  bus_pro: hundredMillions,
  cup_nga: hundredMillions,
  '250hgst': price,
  '250lwst': price,
  '250hgst_pric_dt': optionalDay,
  '250lwst_pric_dt': optionalDay,
  exp_cntr_pric: price,
  exp_cntr_qty: count,
})

/** What `knownStock` makes of it. */
export type KnownStock = Numbers<'cur_prc'> & { stk_nm: string }

/** What must hold of a stock that the broker knows. */
export const knownStock: Schema<KnownStock> = z.object({ stk_nm: someText, cur_prc: positivePrice })
