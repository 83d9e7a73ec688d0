import type { CrossSection } from '../columns/index.js'
import { countUpTo } from '../scoring/cross-section.js'

/** A value of every bar of every stock, one stock after another, with the session of each bar. */
export type PanelColumns = {
  readonly offsets: Int32Array
  /** Position of each bar's date among the market's sessions. */
  readonly session: Int32Array
  readonly sessions: number
  /** 1 where the bar counts as a peer. */
  readonly eligible: Uint8Array
}

/** What to read off a comparison, and where to. */
export type PanelMeasure = { readonly section: CrossSection; readonly out: Float64Array }

// Sessions are ranked in blocks, so that the block's matrix of members stays in the cache.
const BLOCK = 64
// Up to this many peers, counting who is greater beats sorting them.
const COUNTED = 40

/**
 * Compares the members of one group with each other on every date: the history form of
 * `compareWithin`, with the same numbers.
 *
 * @param members positions of the group's stocks in the panel
 * @param values the compared column, NaN where missing
 */
export function comparePanel(
  panel: PanelColumns,
  members: readonly number[],
  values: Float64Array,
  measures: readonly PanelMeasure[],
): void {
  const { offsets, session, eligible } = panel
  const size = members.length
  const matrix = new Float64Array(BLOCK * size)
  const bars = new Int32Array(BLOCK * size)
  const filled = new Int32Array(BLOCK)
  const cursor = Int32Array.from(members, (m) => offsets[m] as number)
  for (let first = 0; first < panel.sessions; first += BLOCK) {
    filled.fill(0)
    for (let j = 0; j < size; j++) {
      const end = offsets[(members[j] as number) + 1] as number
      let i = cursor[j] as number
      while (i < end && (session[i] as number) < first + BLOCK) {
        const value = values[i] as number
        if (eligible[i] === 1 && !Number.isNaN(value)) {
          const row = (session[i] as number) - first
          const at = row * size + (filled[row] as number)
          matrix[at] = value
          bars[at] = i
          filled[row] = (filled[row] as number) + 1
        }
        i++
      }
      cursor[j] = i
    }
    for (let row = 0; row < BLOCK; row++) {
      const count = filled[row] as number
      if (count > 0) compareRow(matrix, bars, row * size, count, measures)
    }
  }
}

function compareRow(
  matrix: Float64Array,
  bars: Int32Array,
  start: number,
  count: number,
  measures: readonly PanelMeasure[],
): void {
  for (const { section, out } of measures) {
    if (count < section.minimumMembers) continue
    if (section.measure === 'count') {
      for (let j = start; j < start + count; j++) out[bars[j] as number] = count
    } else if (count <= COUNTED) {
      compareByCounting(section.measure, matrix, bars, start, count, out)
    } else compareBySorting(section.measure, matrix, bars, start, count, out)
  }
}

function compareByCounting(
  measure: 'rank' | 'percent-below',
  matrix: Float64Array,
  bars: Int32Array,
  start: number,
  count: number,
  out: Float64Array,
): void {
  const end = start + count
  // Two values meet the others at once: the loop and its reads cost more than the comparisons. As
  // numbers these have no branch to mispredict. An odd last one meets them twice.
  for (let j = start; j < end; j += 2) {
    const next = Math.min(j + 1, end - 1)
    const one = matrix[j] as number
    const two = matrix[next] as number
    let first = 0
    let second = 0
    if (measure === 'rank') {
      for (let k = start; k < end; k++) {
        const other = matrix[k] as number
        first += Number(other > one)
        second += Number(other > two)
      }
      out[bars[j] as number] = 1 + first
      out[bars[next] as number] = 1 + second
    } else {
      for (let k = start; k < end; k++) {
        const other = matrix[k] as number
        first += Number(other < one)
        second += Number(other < two)
      }
      out[bars[j] as number] = (100 * first) / count
      out[bars[next] as number] = (100 * second) / count
    }
  }
}

function compareBySorting(
  measure: 'rank' | 'percent-below',
  matrix: Float64Array,
  bars: Int32Array,
  start: number,
  count: number,
  out: Float64Array,
): void {
  const sorted = matrix.slice(start, start + count).sort()
  for (let j = start; j < start + count; j++) {
    const value = matrix[j] as number
    out[bars[j] as number] =
      measure === 'rank'
        ? 1 + count - countUpTo(sorted, value, true)
        : (100 * countUpTo(sorted, value, false)) / count
  }
}
