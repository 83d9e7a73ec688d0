import { RalphError } from '@ralph-stock/core'
import { STRATEGY_ALIASES, STRATEGY_IDS, type StrategyId } from '../api/index.js'

/**
 * The strategy of a name, which may be one of its older names.
 *
 * @throws RalphError E_STRATEGY_UNKNOWN
 */
export function strategyOfName(name: string): StrategyId {
  const alias = Object.hasOwn(STRATEGY_ALIASES, name) ? STRATEGY_ALIASES[name] : undefined
  const found = alias ?? STRATEGY_IDS.find((id) => id === name)
  if (found !== undefined) return found
  throw new RalphError(
    'E_STRATEGY_UNKNOWN',
    `no strategy has the id "${name}"; known are ${STRATEGY_IDS.join(', ')}`,
    { id: name, known: [...STRATEGY_IDS] },
  )
}

/** Every name of a strategy, its id first. */
export function namesOf(strategy: StrategyId): string[] {
  const others = Object.keys(STRATEGY_ALIASES).filter((name) => STRATEGY_ALIASES[name] === strategy)
  return [strategy, ...others]
}
