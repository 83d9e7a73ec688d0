import {
  type Column,
  createEvaluator,
  type EvaluationPlan,
  planEvaluation,
} from '../columns/index.js'
import { dataOf, type LiveStock } from './live-stock.js'

/** Columns on the last bar of one live stock after another. */
export interface LiveEvaluator {
  readonly plan: EvaluationPlan
  /** One array per slot of the plan; `given` slots are the caller's to write. */
  readonly arrays: readonly Float64Array[]
  /** Makes the columns right on the stock's last bar. */
  run(position: number, stock: LiveStock): void
}

/**
 * Evaluates `roots` on bars that go on changing. While a session lasts only its own bar changes, so what
 * the columns need of earlier bars, and what they leave today out of, is computed at the first tick of
 * the session and kept.
 *
 * @param roots of bounded lookback, as all inputs of criteria are
 * @param stocks how many there are; their positions count from 0
 */
export function createLiveEvaluator(roots: readonly Column[], stocks: number): LiveEvaluator {
  const plan = planEvaluation(roots)
  const evaluator = createEvaluator(plan)
  const { arrays } = evaluator
  const { moving, kept } = partition(plan, roots)
  const width = kept.length
  const memory = new Float64Array(stocks * width)
  // By position: the bars that the stock had had when its numbers were kept.
  const keptAt = new Int32Array(stocks).fill(-1)

  const keep = (position: number, bar: number): void => {
    kept.forEach(({ slot, back }, k) => {
      memory[position * width + k] = (arrays[slot] as Float64Array)[bar - back] ?? Number.NaN
    })
  }
  const recall = (position: number, bar: number): void => {
    for (let k = 0; k < width; k++) {
      const { slot, back } = kept[k] as Kept
      if (back <= bar) {
        const column = arrays[slot] as Float64Array
        column[bar - back] = memory[position * width + k] as number
      }
    }
  }
  return {
    plan,
    arrays,
    run(position, stock) {
      const bar = stock.length - 1
      evaluator.bind(dataOf(stock))
      if (keptAt[position] === stock.total) {
        recall(position, bar)
        evaluator.runSteps(moving, bar)
        return
      }
      evaluator.run(bar, bar + 1)
      keep(position, bar)
      keptAt[position] = stock.total
    },
  }
}

/** A value that a session does not change: that of `slot`, `back` bars before the last one. */
type Kept = { readonly slot: number; readonly back: number }

/** Parts a plan into the steps that the last bar changes, by position, and the values that stay. */
function partition(
  plan: EvaluationPlan,
  roots: readonly Column[],
): { readonly moving: readonly number[]; readonly kept: readonly Kept[] } {
  // Inputs stand before what reads them. A source may change on the last bar.
  const moves = plan.columns.map(() => true)
  plan.columns.forEach(({ operation }, slot) => {
    if (operation.kind !== 'kernel') return
    const reads = operation.inputs.map(({ key }) => moves[plan.slotOf.get(key) as number])
    moves[slot] = operation.delay === 0 && reads.includes(true)
  })
  // How far back each slot is read by what moves; -1 where nobody reads it.
  const furthest = plan.columns.map(() => -1)
  for (const { key } of roots) furthest[plan.slotOf.get(key) as number] = 0
  const moving: number[] = []
  const kept: Kept[] = []
  for (let k = plan.steps.length - 1; k >= 0; k--) {
    const { slot, outputs, inputs } = plan.steps[k] as EvaluationPlan['steps'][number]
    const { operation } = plan.columns[slot] as Column
    if (operation.kind !== 'kernel' || outputs.every((one) => furthest[one] === -1)) continue
    const moved = moves[slot] === true
    for (const one of outputs) {
      const last = furthest[one] as number
      for (let back = moved ? 1 : 0; back <= last; back++) kept.push({ slot: one, back })
    }
    if (!moved) continue
    moving.unshift(k)
    for (const input of inputs) {
      furthest[input] = Math.max(furthest[input] as number, operation.reach - 1)
    }
  }
  return { moving, kept }
}
