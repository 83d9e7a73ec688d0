import { createRandom } from './random.js'

/** Where a session lies in a base that was planned: within it, at its dip, at the move out of it. */
export type BasePlan = {
  readonly stage: 'none' | 'base' | 'dip' | 'move'
  /** Sessions of the base before this one. */
  readonly since: number
}

/** Days of the calendar in which a paper has one base at most. */
const BLOCK = 56
const CHANCE = 0.5
const EARLIEST = 10
const SHORTEST = 22
const LONGEST = 40

const NONE: BasePlan = { stage: 'none', since: 0 }

/**
 * What the calendar plans for a paper on a session: some weeks of narrowing prices, a dip, and a move.
 * It follows from the date alone, so that a market that is taken up again goes on as it would have.
 *
 * @param key what the paper's chances are drawn by
 * @param at position of the session in `days`
 */
export function basePlan(seed: number, key: number, days: Int32Array, at: number): BasePlan {
  const day = days[at] as number
  // Papers begin their blocks on different days.
  const offset = Math.abs(key) % BLOCK
  const block = Math.floor((day + offset) / BLOCK)
  const random = createRandom(seed, 10, key, block)
  if (random.next() >= CHANCE) return NONE
  const starts = block * BLOCK - offset + random.below(EARLIEST)
  const ends = starts + SHORTEST + random.below(LONGEST - SHORTEST)
  const before = (back: number): number => days[at - back] ?? Number.NEGATIVE_INFINITY
  if (day < starts) return NONE
  if (day < ends) {
    let since = 0
    while (before(since + 1) >= starts) since++
    return { stage: 'base', since }
  }
  // The first session after it, and the second.
  if (before(1) < ends) return { stage: 'dip', since: 0 }
  return before(2) < ends ? { stage: 'move', since: 0 } : NONE
}
