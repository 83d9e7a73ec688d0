import type { Criterion } from '@ralph-stock/core'
import type { MarketGateOptions } from '../options.js'
import { indexChange } from './index-change.js'

/** Change of the KOSDAQ on the day. */
export function kosdaq(options: MarketGateOptions['index']): Criterion {
  return indexChange('kosdaq', 'KOSDAQ', { ko: '코스닥', en: 'KOSDAQ' }, options)
}
