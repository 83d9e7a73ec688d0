import type { Criterion } from '@ralph-stock/core'
import type { MarketGateOptions } from '../options.js'
import { indexChange } from './index-change.js'

/** Change of the KOSPI on the day. */
export function kospi(options: MarketGateOptions['index']): Criterion {
  return indexChange('kospi', 'KOSPI', { ko: '코스피', en: 'KOSPI' }, options)
}
