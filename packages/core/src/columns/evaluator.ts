import type { Column, Kernel } from './column.js'
import { type EvaluationPlan, planEvaluation } from './evaluation-plan.js'

/** Where the source columns come from: one stock's data, an index, a window of them. */
export interface SourceData {
  readonly length: number
  /** The column of this name; undefined where there is none (all missing). */
  column(name: string): Float64Array | undefined
  /** Largest magnitude of a whole, gapless column; Infinity for any other. */
  magnitude(name: string): number
}

/**
 * Computes the columns of a plan over one source of data after another, in buffers that it owns and
 * uses again. Not re-entrant: give each loop its own.
 */
export interface Evaluator {
  readonly plan: EvaluationPlan
  /** One array per slot, aligned to the bars; `given` slots are the caller's to write. */
  readonly arrays: readonly Float64Array[]
  /** Turns to other data. Results of the data before are lost. */
  bind(data: SourceData): void
  /**
   * Makes every slot right on bars `from` to `to` exclusive. Slots that feed windows are computed as
   * far back as the windows reach; recursive ones go on from where they stand.
   */
  run(from: number, to: number): void
  /**
   * Runs some steps of the plan, by position and in order, on bar `bar` alone. Right where the arrays
   * hold what those steps read; for callers who keep values of earlier bars.
   */
  runSteps(steps: readonly number[], bar: number): void
  /** Gives the array of a slot away, cut to `length`; it is the caller's, and no longer written. */
  take(slot: number, length: number): Float64Array
}

/** Makes an evaluator for a plan, or for the columns that a plan is to be made of. */
export function createEvaluator(subject: EvaluationPlan | readonly Column[]): Evaluator {
  const plan = 'steps' in subject ? subject : planEvaluation(subject)
  const arrays: Float64Array[] = plan.columns.map(() => EMPTY)
  const owned: Float64Array[] = plan.columns.map(() => EMPTY)
  const computedTo = new Int32Array(plan.columns.length)
  const kernels: Kernel[] = plan.steps.map((step) => step.kernel)
  const inputs: Float64Array[][] = plan.steps.map((step) => step.inputs.map(() => EMPTY))
  const outs: Float64Array[][] = plan.steps.map((step) => step.outputs.map(() => EMPTY))

  const own = (slot: number, length: number): void => {
    let buffer = owned[slot] as Float64Array
    if (buffer.length < length) {
      buffer = new Float64Array(Math.max(length, 64))
      owned[slot] = buffer
    }
    arrays[slot] = buffer
  }

  const call = (k: number, from: number, to: number): void => {
    const kernel = kernels[k] as Kernel
    const written = outs[k] as Float64Array[]
    kernel(written[0] as Float64Array, from, to, inputs[k] as Float64Array[], written)
  }

  return {
    plan,
    arrays,
    bind(data) {
      for (const { slot, name } of plan.sources) {
        arrays[slot] = data.column(name) ?? missing(data.length)
      }
      for (const { slot } of plan.given) own(slot, data.length)
      computedTo.fill(0)
      for (let k = 0; k < plan.steps.length; k++) {
        const step = plan.steps[k] as (typeof plan.steps)[number]
        const written = outs[k] as Float64Array[]
        for (let j = 0; j < step.outputs.length; j++) {
          const slot = step.outputs[j] as number
          own(slot, data.length)
          written[j] = arrays[slot] as Float64Array
        }
        const bound = inputs[k] as Float64Array[]
        let largest = 0
        for (let j = 0; j < step.inputs.length; j++) {
          const slot = step.inputs[j] as number
          bound[j] = arrays[slot] as Float64Array
          if (step.whole !== null) largest = Math.max(largest, data.magnitude(nameOf(plan, slot)))
        }
        const { whole } = step
        kernels[k] = whole !== null && largest <= whole.limit ? whole.kernel : step.kernel
      }
    },
    run(from, to) {
      for (let k = 0; k < plan.steps.length; k++) {
        const step = plan.steps[k] as (typeof plan.steps)[number]
        let first: number
        if (step.persistent) {
          first = Math.min(from, computedTo[step.slot] as number)
          computedTo[step.slot] = to
        } else {
          first = from - step.depth + 1
          if (first < 0) first = 0
        }
        call(k, first, to)
      }
    },
    runSteps(steps, bar) {
      for (const k of steps) call(k, bar, bar + 1)
    },
    take(slot, length) {
      const array = arrays[slot] as Float64Array
      // A source is somebody's already, and a longer array would be held for the sake of a part.
      if (array !== owned[slot] || array.length !== length) return array.slice(0, length)
      owned[slot] = EMPTY
      return array
    },
  }
}

/** One column over all bars of `data`, as an array of its own. Missing is NaN. */
export function evaluateColumn(column: Column, data: SourceData): Float64Array {
  const evaluator = createEvaluator([column])
  evaluator.bind(data)
  evaluator.run(0, data.length)
  const slot = evaluator.plan.slotOf.get(column.key) as number
  return evaluator.take(slot, data.length)
}

const EMPTY = new Float64Array(0)
let nothing: Float64Array = EMPTY

// One array of missing values serves every absent source; nobody writes to a source.
function missing(length: number): Float64Array {
  if (nothing.length < length) nothing = new Float64Array(length).fill(Number.NaN)
  return nothing
}

function nameOf(plan: EvaluationPlan, slot: number): string {
  const { operation } = plan.columns[slot] as Column
  return operation.kind === 'source' ? operation.name : ''
}
