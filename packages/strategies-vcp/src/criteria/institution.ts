import { type Criterion, flows } from '@ralph-stock/core'
import type { VcpOptions } from '../options/vcp-options.js'
import { netBuyingShare } from './net-buying-share.js'

/** Net buying of institutions over the traded value of the latest bars. */
export function institution(options: VcpOptions['smartMoney']): Criterion {
  const side = { ko: '기관', en: 'Institutional' }
  const points = [30, 24, 18, 9] as const
  return netBuyingShare('smart-money.institution', side, flows.institution, points, options)
}
