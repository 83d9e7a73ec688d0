import { requireInteger } from '../errors/index.js'
import { type Column, kernelColumn, sourceColumn } from './column.js'
import { sourcesOf } from './evaluation-plan.js'
import { createEvaluator, type SourceData } from './evaluator.js'

/**
 * A recursive column (an EMA, Wilder's RSI) made fit for a criterion: at every bar it is computed anew
 * over the last `bars` bars alone, so that the value does not depend on how much history is loaded.
 *
 * Shape: like `column`. Warm-up: `bars - 1`. Complexity: O(bars) a bar.
 *
 * @param bars window, integer >= 1; give it several times the indicator's period to fade the seed
 * @throws RalphError E_PARAM_RANGE
 * @example windowed(ema(bars.close, 20), 120)
 */
export function windowed(column: Column, bars: number): Column {
  requireInteger('bars of windowed', bars, 1)
  const names = sourcesOf(column)
  const evaluator = createEvaluator([column])
  const slot = evaluator.plan.slotOf.get(column.key) as number
  return kernelColumn({
    name: 'windowed',
    parameters: [column.key, bars],
    inputs: names.map(sourceColumn),
    reach: bars,
    kernel: (out, from, to, inputs) => {
      for (let i = from; i < to; i++) {
        if (i < bars - 1) {
          out[i] = Number.NaN
          continue
        }
        evaluator.bind(windowOf(names, inputs, i - bars + 1, i + 1))
        evaluator.run(bars - 1, bars)
        out[i] = (evaluator.arrays[slot] as Float64Array)[bars - 1] as number
      }
    },
  })
}

function windowOf(
  names: readonly string[],
  inputs: readonly Float64Array[],
  from: number,
  to: number,
): SourceData {
  return {
    length: to - from,
    column: (name) => inputs[names.indexOf(name)]?.subarray(from, to),
    magnitude: () => Number.POSITIVE_INFINITY,
  }
}
