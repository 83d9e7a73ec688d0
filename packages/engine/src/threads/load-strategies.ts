import { RalphError, type Strategy } from '@ralph-stock/core'
import type { StrategyModule } from './messages.js'

/**
 * Imports strategies by their modules.
 *
 * @throws RalphError E_STRATEGY_MODULE when a module cannot be imported, or exports no such factory
 */
export async function loadStrategies(modules: readonly StrategyModule[]): Promise<Strategy[]> {
  return Promise.all(modules.map(loadStrategy))
}

async function loadStrategy(from: StrategyModule): Promise<Strategy> {
  let found: Record<string, unknown>
  try {
    found = (await import(from.module)) as Record<string, unknown>
  } catch (cause) {
    throw new RalphError(
      'E_STRATEGY_MODULE',
      `strategy module ${from.module} cannot be imported: ${cause instanceof Error ? cause.message : String(cause)}`,
      { module: from.module },
      { cause },
    )
  }
  const factory = found[from.export]
  if (typeof factory !== 'function') {
    throw new RalphError(
      'E_STRATEGY_MODULE',
      `module ${from.module} must export the factory ${from.export}; it has ${Object.keys(found).join(', ')}`,
      { module: from.module, export: from.export },
    )
  }
  // Sound as far as a plugin can be: a factory of strategies gives a strategy.
  return factory(from.options) as Strategy
}
