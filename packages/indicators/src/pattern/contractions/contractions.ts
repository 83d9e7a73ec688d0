import { atLeast, below, RalphError } from '@ralph-stock/core'
import { requireNumber, requirePeriod } from '../../indicator.js'

/** One fall from a swing high to a swing low. */
export type Pullback = {
  /** Position of the swing high in the arrays. */
  readonly highIndex: number
  /** Position of the swing low in the arrays. */
  readonly lowIndex: number
  readonly high: number
  readonly low: number
  /** `(high - low) / high`, a fraction. */
  readonly depth: number
}

/** The footprint of a volatility contraction. */
export type Contractions = {
  /** Confirmed pullbacks, oldest first. */
  readonly pullbacks: readonly Pullback[]
  /** Whether each is shallower than the one before; null with fewer than two. */
  readonly shrinking: boolean | null
  /** How many of the latest pullbacks, in a row, are each shallower than the one before. */
  readonly shrinkingInRow: number
  /** High of the latest pullback, the price to break; null without one. */
  readonly pivot: number | null
}

/** Options of `contractions`. */
export type ContractionOptions = {
  /** Bars on each side that a swing must exceed; 3 unless said. */
  readonly confirm?: number
  /** Fall that makes a pullback and rise that ends it, a fraction within (0, 1); 0.03 unless said. */
  readonly minimumDepth?: number
}

/**
 * The pullbacks of a price: falls of at least `minimumDepth` from a swing high to a swing low.
 *
 * A swing high is a high above those of the `confirm` bars before it and not below those of the `confirm`
 * bars after it; a swing low likewise. A pullback runs from the highest swing high since the last one to
 * the lowest swing low that follows, and is told once its low is confirmed and price has risen from it
 * by `minimumDepth` without a lower low between. What is told never changes: more bars only add to it.
 *
 * Shape: `high[n]`, `low[n]` of one stock, oldest first -> pullbacks with positions in the arrays.
 * Missing values make no swing. Complexity: O(n * confirm).
 *
 * @throws RalphError E_PARAM_RANGE; E_BARS_SHAPE when the arrays differ in length
 * @source M. Minervini, Trade Like a Stock Market Wizard (2013), ch. 10: successive contractions
 * @example contractions(high, low).pullbacks.map(({ depth }) => depth) // 0.24, 0.11, 0.05
 */
export function contractions(
  high: Float64Array,
  low: Float64Array,
  options: ContractionOptions = {},
): Contractions {
  const confirm = requirePeriod(options.confirm ?? 3, 1, 'confirm')
  const minimumDepth = requireNumber('minimumDepth', options.minimumDepth ?? 0.03, Number.MIN_VALUE)
  if (minimumDepth >= 1) {
    throw new RalphError('E_PARAM_RANGE', `minimumDepth must be below 1; found "${minimumDepth}"`)
  }
  if (high.length !== low.length) {
    throw new RalphError(
      'E_BARS_SHAPE',
      `highs and lows of one series must have one length; found ${high.length} and ${low.length}`,
    )
  }
  return summary(findPullbacks(high, low, confirm, minimumDepth))
}

function findPullbacks(
  high: Float64Array,
  low: Float64Array,
  confirm: number,
  minimumDepth: number,
): readonly Pullback[] {
  const pullbacks: Pullback[] = []
  let top = -1
  let pending: Pullback | null = null
  // Highest high since the pending low, and whether price went below that low again.
  let recovery = 0
  let undercut = false
  // Each bar `i` confirms or refuses the swing of bar `i - confirm`; nothing is decided twice.
  for (let i = 2 * confirm; i < high.length; i++) {
    const at = i - confirm
    if (pending !== null) {
      if ((low[i] as number) < pending.low) undercut = true
      else if ((high[i] as number) > recovery) recovery = high[i] as number
    }
    const higher = top < 0 || (high[at] as number) >= (high[top] as number)
    if (higher && (pending === null || undercut) && isSwing(high, at, confirm, 1)) {
      top = at
      pending = null
    }
    if (top >= 0 && at > top && isSwing(low, at, confirm, -1)) {
      const candidate = pullback(high, low, top, at)
      const deeper: boolean = pending === null || candidate.low < pending.low
      if (deeper && atLeast(candidate.depth, minimumDepth)) {
        pending = candidate
        undercut = false
        recovery = highestAfter(high, at, i)
      }
    }
    if (pending !== null && !undercut && atLeast(recovery / pending.low - 1, minimumDepth)) {
      pullbacks.push(pending)
      // The next pullback starts from a swing high after this low, one already seen included.
      top = highestSwing(high, pending.lowIndex + 1, at, confirm)
      pending = null
    }
  }
  return pullbacks
}

/** Whether the value is beyond all neighbours before it and not behind any after it. */
function isSwing(x: Float64Array, at: number, confirm: number, sign: 1 | -1): boolean {
  const value = sign * (x[at] as number)
  for (let k = 1; k <= confirm; k++) {
    if (!(value > sign * (x[at - k] as number) && value >= sign * (x[at + k] as number))) {
      return false
    }
  }
  return true
}

function highestAfter(high: Float64Array, at: number, end: number): number {
  let best = 0
  for (let j = at + 1; j <= end; j++) if ((high[j] as number) > best) best = high[j] as number
  return best
}

function highestSwing(high: Float64Array, from: number, to: number, confirm: number): number {
  let best = -1
  for (let at = from; at <= to; at++) {
    if (!isSwing(high, at, confirm, 1)) continue
    if (best < 0 || (high[at] as number) >= (high[best] as number)) best = at
  }
  return best
}

function pullback(high: Float64Array, low: Float64Array, top: number, bottom: number): Pullback {
  const from = high[top] as number
  const to = low[bottom] as number
  return { highIndex: top, lowIndex: bottom, high: from, low: to, depth: (from - to) / from }
}

function summary(pullbacks: readonly Pullback[]): Contractions {
  let shrinkingInRow = 0
  for (let k = pullbacks.length - 1; k > 0; k--) {
    const { depth } = pullbacks[k] as Pullback
    if (!below(depth, (pullbacks[k - 1] as Pullback).depth)) break
    shrinkingInRow++
  }
  return {
    pullbacks,
    shrinking: pullbacks.length < 2 ? null : shrinkingInRow === pullbacks.length - 1,
    shrinkingInRow,
    pivot: pullbacks.at(-1)?.high ?? null,
  }
}
