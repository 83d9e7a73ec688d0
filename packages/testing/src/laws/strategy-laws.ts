import type { Strategy } from '@ralph-stock/core'
import { marketScripts } from '../market/arbitraries.js'
import { checkLaws, type Law, type LawOptions, type LawReport } from './law.js'
import { threeWaysAgree } from './strategy-agreement.js'
import {
  determinism,
  noInputMutated,
  noMemory,
  pointsWithinBounds,
  total,
} from './strategy-cards.js'
import { monotone, priceScale, unknownNeverHelps } from './strategy-claims.js'
import { type StrategySubject, strategySubject } from './strategy-subject.js'
import { locality, noLookAhead } from './strategy-time.js'

// In this order: who changes its input or draws lots breaks later laws too, and is told so first.
const LAWS: readonly Law<StrategySubject>[] = [
  noInputMutated,
  pointsWithinBounds,
  total,
  determinism,
  noMemory,
  noLookAhead,
  locality,
  threeWaysAgree,
  priceScale,
  monotone,
  unknownNeverHelps,
]

/** The laws of strategies by id, with what each states. */
export const STRATEGY_LAWS: ReadonlyArray<{ readonly id: string; readonly statement: string }> =
  LAWS.map(({ id, statement }) => ({ id, statement }))

/**
 * Checks that a strategy keeps every law, on generated markets of up to seven stocks that have about as
 * many bars as it looks back on.
 *
 * Strategies about the market keep those laws that apply to them: they have no history and are not live.
 *
 * @throws LawViolation names the law, says in words how it is broken, and carries the smallest market
 * found and the seed
 * @example it('keeps the laws', () => { checkStrategyLaws(breakout()) })
 */
export function checkStrategyLaws(strategy: Strategy, options: LawOptions = {}): LawReport {
  const subject = strategySubject(strategy)
  const bars = Math.max(strategy.lookback, 20) + 2
  return checkLaws(strategy.id, subject, LAWS, marketScripts({ bars }), options)
}
