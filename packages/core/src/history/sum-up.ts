import { gradeIndex } from '../grading/grades.js'
import { UNKNOWN_POINTS } from '../scoring/compile-criterion.js'
import type { Group } from '../strategy/define-strategy.js'
import { NO_GRADE, type PointsColumn, type StrategyHistory } from './history.js'

/**
 * Sums the points of bars `from` to `to` exclusive into score, known points and grade: group by group
 * in the order of the criteria, as a card does, so that both give the same bits.
 */
export function sumUpHistory(history: StrategyHistory, from: number, to: number): void {
  const { strategy, score, known, grade } = history
  const length = to - from
  const sums = scratch(length)
  score.fill(0, from, to)
  known.fill(0, from, to)
  for (const group of strategy.groups) {
    sums.fill(0, 0, length)
    for (let k = group.first; k < group.end; k++) {
      const { maxPoints } = strategy.criteria[k] as { maxPoints: number }
      const points = history.points[k] as PointsColumn
      if (points instanceof Uint8Array) addBytes(points, maxPoints, sums, known, from, to)
      else addDoubles(points, maxPoints, sums, known, from, to)
    }
    addGroup(group, sums, score, from, to)
  }
  gradeAll(history, grade, from, to)
}

function addBytes(
  points: Uint8Array,
  maxPoints: number,
  sums: Float64Array,
  known: Uint16Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const value = points[i] as number
    // Known and unknown bars come in runs, so this branch costs little.
    if (value === UNKNOWN_POINTS) continue
    sums[i - from] = (sums[i - from] as number) + value
    known[i] = (known[i] as number) + maxPoints
  }
}

function addDoubles(
  points: Float64Array,
  maxPoints: number,
  sums: Float64Array,
  known: Uint16Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const value = points[i] as number
    if (Number.isNaN(value)) continue
    sums[i - from] = (sums[i - from] as number) + value
    known[i] = (known[i] as number) + maxPoints
  }
}

function addGroup(
  group: Group,
  sums: Float64Array,
  score: Float64Array,
  from: number,
  to: number,
): void {
  const { weight } = group
  for (let i = from; i < to; i++)
    score[i] = (score[i] as number) + weight * (sums[i - from] as number)
}

function gradeAll(history: StrategyHistory, grade: Uint8Array, from: number, to: number): void {
  const { strategy, score, known } = history
  const { scale, allPoints } = strategy
  const strict = scale.unknown !== null
  for (let i = from; i < to; i++) {
    grade[i] = strict && known[i] !== allPoints ? NO_GRADE : gradeIndex(scale, score[i] as number)
  }
}

let buffer = new Float64Array(0)

function scratch(length: number): Float64Array {
  if (buffer.length < length) buffer = new Float64Array(length)
  return buffer
}
