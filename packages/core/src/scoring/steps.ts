import { RalphError } from '../errors/index.js'
import { lowerEdge, upperEdge } from './edges.js'

/** Points on one side of a bound. */
export type Step = { readonly bound: number; readonly points: number }

/** Points within a band; both ends belong to it. */
export type Band = { readonly from: number; readonly to: number; readonly points: number }

// The bounds that a value is past are counted, and the count is looked up: no branch depends on the
// data, so none is mispredicted. That is five times faster than asking one bound after another.
const MOST = 4

/**
 * Points of the first step whose bound the value is below, else 0. Edges as in `below`.
 *
 * @param steps at most 4, bounds ascending
 * @throws RalphError E_PARAM_RANGE
 * @example stepsBelow([{ bound: 0.5, points: 30 }, { bound: 0.7, points: 20 }])(0.6) // 20
 */
export function stepsBelow(steps: readonly Step[]): (value: number) => number {
  requireSteps(steps, 1)
  const [a, b, c, d] = padded(steps, lowerEdge, -Infinity)
  const points = pointsByCount(steps)
  return (value) =>
    points[Number(value < a) + Number(value < b) + Number(value < c) + Number(value < d)] as number
}

/**
 * Points of the first step whose bound the value reaches, else 0. Edges as in `atLeast`.
 *
 * @param steps at most 4, bounds descending
 * @throws RalphError E_PARAM_RANGE
 * @example stepsAtLeast([{ bound: 2, points: 15 }, { bound: 1.5, points: 8 }])(1.7) // 8
 */
export function stepsAtLeast(steps: readonly Step[]): (value: number) => number {
  requireSteps(steps, -1)
  const [a, b, c, d] = padded(steps, lowerEdge, Infinity)
  const points = pointsByCount(steps)
  return (value) =>
    points[
      Number(value >= a) + Number(value >= b) + Number(value >= c) + Number(value >= d)
    ] as number
}

/**
 * Points of the first band that the value is in, else 0. Edges as in `atLeast` and `atMost`: an end
 * belongs to the inner band.
 *
 * @param bands at most 4, each within the next
 * @throws RalphError E_PARAM_RANGE
 * @example stepsWithin([{ from: 40, to: 60, points: 15 }, { from: 30, to: 70, points: 10 }])(65) // 10
 */
export function stepsWithin(bands: readonly Band[]): (value: number) => number {
  requireSteps(
    bands.map(({ from, points }) => ({ bound: from, points })),
    -1,
  )
  requireSteps(
    bands.map(({ to, points }) => ({ bound: to, points })),
    1,
  )
  const [a, b, c, d] = padded(
    bands.map(({ from, points }) => ({ bound: from, points })),
    lowerEdge,
    Infinity,
  )
  const [e, f, g, h] = padded(
    bands.map(({ to, points }) => ({ bound: to, points })),
    upperEdge,
    -Infinity,
  )
  const points = pointsByCount(bands)
  return (value) =>
    points[
      (Number(value >= a) & Number(value <= e)) +
        (Number(value >= b) & Number(value <= f)) +
        (Number(value >= c) & Number(value <= g)) +
        (Number(value >= d) & Number(value <= h))
    ] as number
}

type Bounds = readonly [number, number, number, number]

function padded(steps: readonly Step[], edge: (bound: number) => number, never: number): Bounds {
  const at = (k: number): number => {
    const step = steps[k]
    return step === undefined ? never : edge(step.bound)
  }
  return [at(0), at(1), at(2), at(3)]
}

// Past no bound: 0. Past all of them: the first step's points, which is the hardest to reach.
function pointsByCount(steps: ReadonlyArray<{ readonly points: number }>): Float64Array {
  return Float64Array.from([0, ...steps.map(({ points }) => points).reverse()])
}

function requireSteps(steps: readonly Step[], direction: 1 | -1): void {
  const order = direction === 1 ? 'ascending' : 'descending'
  const sorted = steps.every(
    ({ bound }, k) => k === 0 || direction * (bound - (steps[k - 1] as Step).bound) >= 0,
  )
  if (steps.length >= 1 && steps.length <= MOST && sorted) return
  throw new RalphError(
    'E_PARAM_RANGE',
    `steps must be 1 to ${MOST} with ${order} bounds; found ${JSON.stringify(steps)}`,
    { steps },
  )
}
