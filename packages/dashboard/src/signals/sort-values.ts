import type { SignalView } from '@ralph-stock/server/api'
import type { Quote } from '../live/price-store.js'
import type { SortValue } from '../ui/sorting.js'
import { signalSince } from './since.js'

/**
 * What a signal is sorted by in a column.
 *
 * @param quoteOf the last known price of a stock
 */
export function signalSortValue(
  signal: SignalView,
  column: string,
  quoteOf: (ticker: string) => Quote | undefined,
): SortValue {
  switch (column) {
    case 'stock':
      return signal.name
    case 'grade':
      // S, A, B, C: not the alphabet.
      return -'SABC'.indexOf(signal.grade)
    case 'score':
      return signal.score
    case 'coverage':
      return signal.coverage
    case 'price':
      return quoteOf(signal.ticker)?.changePct ?? null
    case 'result':
      return signal.return_pct
    case 'age':
      // The youngest first where ages ascend.
      return -Date.parse(signalSince(signal))
    default:
      return null
  }
}
