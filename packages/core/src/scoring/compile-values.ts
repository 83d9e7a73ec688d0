import type { EvaluationPlan } from '../columns/index.js'
import type { Inputs, Values } from '../strategy/criterion.js'

/** Reads declared inputs off a plan's arrays on one bar. */
export type ValueReader = {
  /** The inputs by name; NaN where missing. */
  readonly values: (arrays: readonly Float64Array[], bar: number) => Values
  /** Whether none of them is missing. */
  readonly known: (arrays: readonly Float64Array[], bar: number) => boolean
}

/** Positions of the inputs in a plan, which must hold them. */
export function slotsIn(plan: EvaluationPlan, inputs: Inputs): number[] {
  return Object.values(inputs).map((column) => plan.slotOf.get(column.key) as number)
}

/**
 * Makes a reader whose object has its shape from a literal: filling an object name by name, for every
 * card, costs several times more. Input names were checked when the strategy was defined.
 */
export function compileValues(plan: EvaluationPlan, inputs: Inputs): ValueReader {
  const names = Object.keys(inputs)
  const slots = slotsIn(plan, inputs)
  const fields = names.map((name, k) => `${name}:a[${slots[k]}][i]`).join(',')
  const tests = slots.map((slot) => `a[${slot}][i]===a[${slot}][i]`).join('&&') || 'true'
  try {
    // Sound: the text is an object of exactly these two functions.
    return new Function(
      `"use strict";return{values:function(a,i){return{${fields}}},known:function(a,i){return ${tests}}}`,
    )() as ValueReader
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return closeOver(names, slots)
  }
}

function closeOver(names: readonly string[], slots: readonly number[]): ValueReader {
  const at = (arrays: readonly Float64Array[], slot: number, bar: number): number =>
    (arrays[slot] as Float64Array)[bar] as number
  return {
    values: (arrays, bar) => {
      const result: Record<string, number> = {}
      names.forEach((name, k) => {
        result[name] = at(arrays, slots[k] as number, bar)
      })
      return result
    },
    known: (arrays, bar) => slots.every((slot) => !Number.isNaN(at(arrays, slot, bar))),
  }
}
