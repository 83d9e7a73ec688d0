import { gradeBounds } from '../grading/grades.js'
import { UNKNOWN_POINTS } from '../scoring/compile-criterion.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { NO_GRADE, type StrategyHistory } from './history.js'

/** Sums the points of bars `from` to `to` exclusive of a history into score, known and grade. */
export type SumUp = (history: StrategyHistory, from: number, to: number) => void

/**
 * Makes the summing loop of a strategy: group by group in the order of the criteria, as a card sums, so
 * that both give the same bits. One pass over the bars, with every criterion's column at hand.
 *
 * Where the host forbids code from text, a plain loop gives the same numbers.
 */
export function compileSumUp(strategy: Strategy): SumUp {
  const known = remembered.get(strategy)
  if (known !== undefined) return known
  const made = compile(strategy)
  remembered.set(strategy, made)
  return made
}

// Kept, so that it is fast from the second history on; a strategy is a frozen value.
const remembered = new WeakMap<Strategy, SumUp>()

function compile(strategy: Strategy): SumUp {
  const bounds = gradeBounds(strategy.scale)
  try {
    const sum = generate(strategy, bounds)
    return (history, from, to) => {
      sum(history.points, history.score, history.known, history.grade, from, to)
    }
  } catch (error) {
    if (!(error instanceof EvalError)) throw error
    return (history, from, to) => sumPlainly(history, bounds, from, to)
  }
}

type Generated = (
  points: StrategyHistory['points'],
  score: Float64Array,
  known: Uint16Array,
  grade: Uint8Array,
  from: number,
  to: number,
) => void

// The text holds nothing but positions and numbers of the strategy.
function generate(strategy: Strategy, bounds: readonly number[]): Generated {
  const { criteria, groups, scale, allPoints } = strategy
  const columns = criteria.map((_, k) => `const p${k}=points[${k}];`).join('')
  const sums = groups.map((group, g) => {
    const lines: string[] = [`let s${g}=0;`]
    for (let k = group.first; k < group.end; k++) {
      const one = criteria[k] as (typeof criteria)[number]
      const known = one.fractional ? 'p===p' : `p!==${UNKNOWN_POINTS}`
      lines.push(`{const p=p${k}[i];if(${known}){s${g}+=p;all+=${one.maxPoints}}}`)
    }
    return lines.join('')
  })
  const score = groups.map((group, g) => `${group.weight}*s${g}`).join('+')
  // Bounds fall, so as many as the score is below is the grade: counted, no branch depends on the data.
  const grade = bounds.map((bound) => `Number(s<${bound})`).join('+') || '0'
  const unknown = scale.unknown === null ? '' : `all!==${allPoints}?${NO_GRADE}:`
  // Sound: the text is a function of these six parameters.
  return new Function(
    'points',
    'score',
    'known',
    'grade',
    'from',
    'to',
    `"use strict";${columns}for(let i=from;i<to;i++){let all=0;${sums.join('')}const s=0+${score};score[i]=s;known[i]=all;grade[i]=${unknown}${grade}}`,
  ) as Generated
}

function sumPlainly(
  history: StrategyHistory,
  bounds: readonly number[],
  from: number,
  to: number,
): void {
  const { strategy, points, score, known, grade } = history
  for (let i = from; i < to; i++) {
    let total = 0
    let all = 0
    for (const group of strategy.groups) {
      let sum = 0
      for (let k = group.first; k < group.end; k++) {
        const one = strategy.criteria[k] as (typeof strategy.criteria)[number]
        const value = (points[k] as Float64Array | Uint8Array)[i] as number
        if (one.fractional ? Number.isNaN(value) : value === UNKNOWN_POINTS) continue
        sum += value
        all += one.maxPoints
      }
      total += group.weight * sum
    }
    score[i] = total
    known[i] = all
    const strict = strategy.scale.unknown !== null && all !== strategy.allPoints
    const at = bounds.findIndex((bound) => total >= bound)
    grade[i] = strict ? NO_GRADE : at < 0 ? bounds.length : at
  }
}
