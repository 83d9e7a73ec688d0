import { type Criterion, flows } from '@ralph-stock/core'
import type { VcpOptions } from '../options/vcp-options.js'
import { netBuyingShare } from './net-buying-share.js'

/** Net buying of foreigners over the traded value of the latest bars. */
export function foreign(options: VcpOptions['smartMoney']): Criterion {
  const side = { ko: '외국인', en: 'Foreign' }
  return netBuyingShare('smart-money.foreign', side, flows.foreign, [40, 32, 24, 12], options)
}
