import { RalphError } from '../errors/index.js'

const ID = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/

/** @throws RalphError E_STRATEGY_ID when `id` is not a stable machine string */
export function requireId(kind: string, id: string): void {
  if (typeof id === 'string' && ID.test(id)) return
  throw new RalphError(
    'E_STRATEGY_ID',
    `the id of a ${kind} must be like "breakout.high20"; found "${String(id)}"`,
  )
}

/** @throws RalphError E_STRATEGY_DUPLICATE_ID when two of `ids` are equal */
export function requireDistinct(kind: string, ids: readonly string[]): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (seen.has(id)) {
      throw new RalphError('E_STRATEGY_DUPLICATE_ID', `two ${kind} share the id "${id}"`, { id })
    }
    seen.add(id)
  }
}
