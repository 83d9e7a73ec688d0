import { bars, type Column, kernelColumn } from '@ralph-stock/core'

// One cheat for each law, under the law's name. They are fixtures: each breaks its own law first.

type Step = (x: Float64Array, i: number, from: number) => number

function cheat(
  name: string,
  reach: number,
  step: Step,
  more: { input?: Column; warmUp?: number; whole?: Step } = {},
): Column {
  const kernel =
    (each: Step) =>
    (out: Float64Array, from: number, to: number, inputs: readonly Float64Array[]): void => {
      const x = inputs[0] as Float64Array
      for (let i = from; i < to; i++) out[i] = each(x, i, from)
    }
  return kernelColumn({
    name,
    inputs: [more.input ?? bars.close],
    reach,
    kernel: kernel(step),
    ...(more.warmUp === undefined ? {} : { warmUp: more.warmUp }),
    ...(more.whole === undefined ? {} : { whole: { kernel: kernel(more.whole), limit: 1e9 } }),
  })
}

const at = (x: Float64Array, i: number): number => x[i] ?? Number.NaN

/** Rounds the closes where they stand. */
export const noInputMutated: Column = cheat('roundsInPlace', 1, (x, i) => {
  x[i] = Math.round(at(x, i) / 10) * 10
  return at(x, i)
})

/** Divides by a change that may be 0. */
export const total: Column = cheat('infinite', 2, (x, i) => 1 / (at(x, i) - at(x, i - 1)))

/** Draws lots. */
export const determinism: Column = cheat('random', 1, (x, i) => at(x, i) * Math.random())

/** Reads tomorrow's close where there is one. */
export const noLookAhead: Column = cheat('peeks', 1, (x, i) =>
  i + 1 < x.length ? at(x, i + 1) : at(x, i),
)

/** Reads further back than it says. */
export const locality: Column = cheat('reachesBack', 2, (x, i) =>
  i === 0 ? Number.NaN : at(x, i) + (x[i - 3] ?? 0),
)

/** Starts anew wherever the range begins. */
export const rangeIndependence: Column = cheat('startsAnew', 3, (x, i, from) =>
  i < 2 ? Number.NaN : at(x, i) - at(x, Math.max(i - 2, from)),
)

/** Knows a stream by the spare room in its buffers. */
export const streamIsBatch: Column = cheat('knowsStreams', 2, (x, i) =>
  i < 1 ? Number.NaN : x.length > i + 1 && at(x, i + 1) === 0 ? 0 : at(x, i),
)

/** Has a fast path that leaves a share out. */
export const wholeIsGeneral: Column = cheat(
  'fastIsWrong',
  2,
  (x, i) => (i < 1 ? Number.NaN : at(x, i) + at(x, i - 1)),
  { input: bars.volume, whole: (x, i) => (i < 1 ? Number.NaN : at(x, i) + at(x, i - 1) - 1) },
)

/** Has its first value later than it declares. */
export const warmUp: Column = cheat('late', 2, (x, i) => (i < 1 ? Number.NaN : at(x, i)), {
  warmUp: 0,
})

let stuck = false

/** Never gets over a missing value. */
export const gapsPass: Column = cheat('sticks', 2, (x, i) => {
  if (i === 0) stuck = false
  if (Number.isNaN(at(x, i))) stuck = true
  return i < 1 || stuck ? Number.NaN : at(x, i)
})
