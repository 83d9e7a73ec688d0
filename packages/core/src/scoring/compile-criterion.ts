import { RalphError } from '../errors/index.js'
import type { Criterion, Values } from '../strategy/criterion.js'

/** A byte that no whole points take: the criterion was unknown on that bar. */
export const UNKNOWN_POINTS = 255

/** A criterion bound to the positions of its inputs among a plan's arrays. */
export type CompiledCriterion = {
  readonly criterion: Criterion
  /** Points on bar `i`, from 0 to `maxPoints`; NaN when an input is missing. */
  readonly points: (arrays: readonly Float64Array[], i: number) => number
  /** Points of bars `from` to `to` exclusive; unknown is 255 in bytes, NaN in doubles. */
  readonly fill: (
    out: Uint8Array | Float64Array,
    from: number,
    to: number,
    arrays: readonly Float64Array[],
  ) => void
}

/**
 * Specialises the runner of a criterion: its inputs are read by position into an object that the
 * compiler sees whole, with a loop of its own that the score function is inlined into. Looking inputs
 * up by name on every bar, through a loop that all criteria share, is several times slower.
 *
 * Where the host forbids code from text, plain closures give the same numbers.
 */
export function compileCriterion(
  criterion: Criterion,
  slots: readonly number[],
): CompiledCriterion {
  const known = remembered.get(criterion) ?? new Map<string, CompiledCriterion>()
  remembered.set(criterion, known)
  const key = slots.join()
  const compiled = known.get(key) ?? compile(criterion, slots)
  known.set(key, compiled)
  return compiled
}

// A function grows fast by being run, so one that is made anew for every history never does. A
// criterion is a frozen value, and plans of the same strategies have the same positions.
const remembered = new WeakMap<Criterion, Map<string, CompiledCriterion>>()

function compile(criterion: Criterion, slots: readonly number[]): CompiledCriterion {
  const wrong = refuse(criterion)
  try {
    return { criterion, ...generate(criterion, slots, wrong) }
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return { criterion, ...close(criterion, slots, wrong) }
  }
}

type Runners = Omit<CompiledCriterion, 'criterion'>
type Refuse = (points: unknown) => never

function refuse(criterion: Criterion): Refuse {
  return (points) => {
    const kind = criterion.fractional ? 'a number' : 'a whole number'
    throw new RalphError(
      'E_CRITERION_POINTS',
      `criterion ${criterion.id} must give ${kind} from 0 to ${criterion.maxPoints}; found ${String(points)}`,
      { criterion: criterion.id, points },
    )
  }
}

// The texts below hold nothing but positions, a maximum and input names that match /^[a-z][A-Za-z0-9]*$/.

function generate(criterion: Criterion, slots: readonly number[], wrong: Refuse): Runners {
  const { inputNames: names, maxPoints, fractional, score } = criterion
  const arrays = [...new Set(slots)].map((slot) => `const a${slot}=a[${slot}];`).join('')
  const read = names.map((_, k) => `const v${k}=a${slots[k]}[i];`).join('')
  const known = names.map((_, k) => `v${k}===v${k}`).join('&&') || 'true'
  const check = fractional
    ? `if(!(p>=0&&p<=${maxPoints}))wrong(p);`
    : `const q=p|0;if(q!==p||q<0||q>${maxPoints})wrong(p);`
  const [checked, unknown] = fractional ? ['p', 'NaN'] : ['q', String(UNKNOWN_POINTS)]
  const scored = `const p=score(new V(${parameters(names)}));${check}`
  const build = new Function(
    'score',
    'wrong',
    'V',
    `"use strict";return{
      points:function(a,i){${arrays}${read}if(!(${known}))return NaN;${scored}return ${checked}},
      fill:function(out,from,to,a){${arrays}for(let i=from;i<to;i++){${read}let r=${unknown};if(${known}){${scored}r=${checked}}out[i]=r}}
    }`,
  )
  // Sound: the text above returns exactly these two functions.
  return build(score, wrong, valuesOf(names)) as Runners
}

const shapes = new Map<string, unknown>()

/**
 * The constructor of the objects that score functions of these inputs are given. Not literals: those
 * share their shape with all others of the same names, columns among them, and then every value is boxed
 * on every bar. And one for all criteria of these inputs: a score function that met a shape for each of
 * many strategies would look its inputs up by name.
 */
function valuesOf(names: readonly string[]): unknown {
  const key = names.join()
  const known = shapes.get(key)
  if (known !== undefined) return known
  const fields = names.map((name, k) => `this.${name}=v${k};`).join('')
  const made = new Function(
    `"use strict";function V(${parameters(names)}){${fields}}V.prototype=Object.prototype;return V`,
  )() as new (
    ...values: number[]
  ) => Values
  // Its fields are to hold doubles from the first on.
  new made(...names.map(() => 0.5))
  shapes.set(key, made)
  return made
}

function parameters(names: readonly string[]): string {
  return names.map((_, k) => `v${k}`).join()
}

function close(criterion: Criterion, slots: readonly number[], wrong: Refuse): Runners {
  const { inputNames, maxPoints, fractional, score } = criterion
  const values = (arrays: readonly Float64Array[], i: number): Values => {
    const result: Record<string, number> = {}
    inputNames.forEach((name, k) => {
      result[name] = (arrays[slots[k] as number] as Float64Array)[i] as number
    })
    return result
  }
  const points = (arrays: readonly Float64Array[], i: number): number => {
    for (const slot of slots) {
      if (Number.isNaN((arrays[slot] as Float64Array)[i])) return Number.NaN
    }
    const p = score(values(arrays, i))
    if (!(p >= 0 && p <= maxPoints) || (!fractional && p !== Math.floor(p))) wrong(p)
    return p
  }
  return {
    points,
    fill: (out, from, to, arrays) => {
      for (let i = from; i < to; i++) {
        const p = points(arrays, i)
        out[i] = Number.isNaN(p) && !fractional ? UNKNOWN_POINTS : p
      }
    },
  }
}
