import {
  bars,
  type Claims,
  type Column,
  criterion,
  defineStrategy,
  flows,
  kernelColumn,
  type Strategy,
} from '@ralph-stock/core'

// One cheat for each law, under the law's name. They are fixtures: each breaks its own law first.

type Step = (x: Float64Array, i: number, from: number) => number

function column(name: string, reach: number, step: Step, input: Column = bars.close): Column {
  return kernelColumn({
    name,
    inputs: [input],
    reach,
    kernel: (out, from, to, inputs) => {
      const x = inputs[0] as Float64Array
      for (let i = from; i < to; i++) out[i] = step(x, i, from)
    },
  })
}

function cheat(
  id: string,
  input: Column,
  score: (values: { readonly x: number; readonly close: number }) => number,
  claims: Claims = {},
): Strategy {
  const line = criterion({
    id: `${id}.line`,
    maxPoints: 10,
    label: { ko: id, en: id },
    inputs: { x: input, close: bars.close },
    score,
    claims,
  })
  return defineStrategy({
    id,
    version: '1.0.0',
    maxScore: 10,
    lookback: 3,
    criteria: [line],
    grades: { S: 10, A: 5 },
  })
}

const at = (x: Float64Array, i: number): number => x[i] ?? Number.NaN
const rises = ({ x, close }: { readonly x: number; readonly close: number }): number =>
  x > close ? 10 : 0

/** Rounds the closes where they stand. */
export const noInputMutated: Strategy = cheat(
  'mutating',
  column('roundsInPlace', 1, (x, i) => {
    x[i] = Math.round(at(x, i) / 10) * 10
    return at(x, i)
  }),
  rises,
)

/** Gives more points than there are, for a high price. */
export const pointsWithinBounds: Strategy = cheat('unbounded', bars.close, ({ x }) =>
  x > 5000 ? 11 : 0,
)

/** Throws for a price that it did not think of. */
export const total: Strategy = cheat('throwing', bars.close, ({ x }) => {
  if (x > 5000) throw new Error('too dear')
  return 0
})

/** Draws lots. */
export const determinism: Strategy = cheat('random', bars.close, () =>
  Math.floor(11 * Math.random()),
)

let previous = 0

/** Compares a stock with whatever was scored before it. */
export const noMemory: Strategy = cheat('stateful', bars.close, ({ x }) => {
  const points = x > previous ? 10 : 0
  previous = x
  return points
})

/** Buys what rises tomorrow. */
export const noLookAhead: Strategy = cheat(
  'peeking',
  column('tomorrow', 1, (x, i) => (i + 1 < x.length ? at(x, i + 1) : at(x, i))),
  rises,
)

/** Finds tomorrow in the memory that a view shares with the rest of its series. */
export const noLookAheadInMemory: Strategy = cheat(
  'peeking-in-memory',
  column('tomorrowInMemory', 1, (x, i) => {
    const all = new Float64Array(x.buffer)
    return at(all, x.byteOffset / 8 + i + 1) || at(x, i)
  }),
  rises,
)

/** Looks back further than it declares. */
export const locality: Strategy = cheat(
  'farsighted',
  column('longAgo', 1, (x, i) => x[i - 30] ?? at(x, i)),
  rises,
)

/** Gives another number when all bars are asked for at once. */
export const threeWaysAgree: Strategy = cheat(
  'two-faced',
  column('twoFaced', 1, (x, i, from) => (from > 0 ? at(x, i) : at(x, i) + 1)),
  rises,
)

/** Calls a price cheap in won, and says that the unit does not matter. */
export const priceScaleInvariance: Strategy = cheat(
  'in-won',
  bars.close,
  ({ x }) => (x < 10_000 ? 10 : 0),
  { priceScaleInvariant: true },
)

/** Says that dearer is better, and finds some too dear. */
export const monotonicity: Strategy = cheat(
  'not-monotone',
  bars.close,
  ({ x, close }) => (x > close * 1.005 ? 0 : 10),
  { monotone: { x: 'up' } },
)

/** Takes missing flows for good ones. */
export const unknownNeverHelps: Strategy = cheat(
  'optimistic',
  column('elseGood', 1, (x, i) => (Number.isNaN(at(x, i)) ? 1e10 : at(x, i)), flows.foreign),
  ({ x }) => (x > 0 ? 10 : 0),
)
