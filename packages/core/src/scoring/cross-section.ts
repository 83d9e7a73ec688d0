import type { Column, CrossSection } from '../columns/index.js'

/**
 * Compares values of one date with those of their peers.
 *
 * Shape: `values[n]`, `groups[n]` -> `out[n]`. A missing value (NaN) and a negative group (no peers)
 * give missing, and count for nobody.
 */
export function compareWithin(
  section: CrossSection,
  values: Float64Array,
  groups: Int32Array,
  out: Float64Array,
): void {
  const byGroup = new Map<number, number[]>()
  for (let m = 0; m < values.length; m++) {
    out[m] = Number.NaN
    const group = groups[m] as number
    if (group < 0 || Number.isNaN(values[m])) continue
    const members = byGroup.get(group)
    if (members === undefined) byGroup.set(group, [m])
    else members.push(m)
  }
  for (const members of byGroup.values()) {
    if (members.length < section.minimumMembers) continue
    const sorted = Float64Array.from(members, (m) => values[m] as number).sort()
    for (const m of members) out[m] = measure(section, sorted, values[m] as number)
  }
}

function measure(section: CrossSection, sorted: Float64Array, value: number): number {
  if (section.measure === 'count') return sorted.length
  if (section.measure === 'rank') return 1 + sorted.length - countUpTo(sorted, value, true)
  return (100 * countUpTo(sorted, value, false)) / sorted.length
}

/** How many of ascending `sorted` are below `value`, those equal to it included or not. */
export function countUpTo(sorted: Float64Array, value: number, included: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const at = sorted[middle] as number
    if (at < value || (included && at === value)) low = middle + 1
    else high = middle
  }
  return low
}

/** Numbers the groups of a cross-section: one for the universe, one per sector, -1 for a blank one. */
export function groupNumbers(
  group: CrossSection['group'],
  sectors: ReadonlyArray<string | null>,
): Int32Array {
  if (group === 'universe') return new Int32Array(sectors.length)
  const numbers = new Map<string, number>()
  return Int32Array.from(sectors, (sector) => {
    if (sector === null || sector === '') return -1
    const known = numbers.get(sector)
    if (known !== undefined) return known
    numbers.set(sector, numbers.size)
    return numbers.size - 1
  })
}

/** The cross-sections among columns, each with the column that it compares. */
export function crossSectionsOf(columns: readonly Column[]): ReadonlyArray<{
  readonly column: Column
  readonly input: Column
  readonly section: CrossSection
}> {
  const found = new Map<string, { column: Column; input: Column; section: CrossSection }>()
  for (const column of columns) {
    const { operation } = column
    if (operation.kind !== 'cross-section') continue
    found.set(column.key, { column, input: operation.input, section: operation.section })
  }
  return [...found.values()]
}
