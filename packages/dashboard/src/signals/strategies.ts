import type { SystemHealthView } from '@ralph-stock/server/api'
import type { StrategyView } from '../api/types.js'

// The order in which a trading day asks for them.
const FIRST = ['closing-bet', 'vcp', 'daytrade']

/** The strategies about stocks, those that trade first. */
export function stockStrategies(health: SystemHealthView | undefined): readonly StrategyView[] {
  const all = (health?.strategies ?? []).filter(({ subject }) => subject === 'stock')
  const rank = ({ id }: StrategyView): number => {
    const at = FIRST.indexOf(id)
    return at < 0 ? FIRST.length : at
  }
  return all.toSorted((a, b) => rank(a) - rank(b))
}

/** The strategies that give signals: those with a table of their own. */
export function signalStrategies(health: SystemHealthView | undefined): readonly StrategyView[] {
  return stockStrategies(health).filter(({ id }) => id !== 'trend-template')
}
