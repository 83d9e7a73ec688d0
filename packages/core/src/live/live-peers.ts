import type { Column } from '../columns/index.js'
import { compareWithin, crossSectionsOf, groupNumbers } from '../scoring/cross-section.js'
import { type Member, MINIMUM_BARS } from '../universe/index.js'
import { createLiveEvaluator } from './live-evaluator.js'
import type { LiveStock } from './live-stock.js'

/**
 * The cross-sections of a live market: each stock's own value is current with its last tick; the
 * comparison of a group is made anew when it is older than the cadence.
 */
export type LivePeers = {
  /** Takes the stock's value of its last bar, and compares its groups again where due. */
  update(position: number, stock: LiveStock, at: number): void
  /** Forgets all values: a new session begins and nobody has traded in it. */
  reset(): void
  /** Compares every group now. */
  refresh(at: number): void
  /** The compared value of a stock, by the key of the cross-section's column. */
  value(key: string, position: number): number
  /** Age of the comparison that the stock is in, ms; null without cross-sections. */
  age(position: number, at: number): number | null
}

type Section = {
  readonly column: Column
  readonly input: number
  readonly compare: Parameters<typeof compareWithin>[0]
  readonly groups: Int32Array
  readonly byGroup: ReadonlyMap<number, Int32Array>
  readonly out: Float64Array
  readonly comparedAt: Map<number, number>
}

/** Sets up the comparisons that `columns` hold. */
export function livePeers(
  members: readonly Member[],
  columns: readonly Column[],
  cadenceMs: number,
): LivePeers {
  const found = crossSectionsOf(columns)
  const inputs = [...new Map(found.map(({ input }) => [input.key, input])).values()]
  const values = inputs.map(() => new Float64Array(members.length).fill(Number.NaN))
  const evaluator = createLiveEvaluator(inputs, members.length)
  const slots = inputs.map((input) => evaluator.plan.slotOf.get(input.key) as number)
  const sectors = members.map(({ stock }) => stock.sector)
  const sections = found.map(({ column, input, section }): Section => {
    const groups = groupNumbers(section.group, sectors)
    return {
      column,
      input: inputs.findIndex((one) => one.key === input.key),
      compare: section,
      groups,
      byGroup: positionsByGroup(groups),
      out: new Float64Array(members.length).fill(Number.NaN),
      comparedAt: new Map(),
    }
  })
  const byKey = new Map(sections.map((section) => [section.column.key, section]))

  const compareGroup = (section: Section, group: number, at: number): void => {
    const positions = section.byGroup.get(group) as Int32Array
    const own = values[section.input] as Float64Array
    const picked = Float64Array.from(positions, (position) => own[position] as number)
    const out = new Float64Array(positions.length)
    compareWithin(section.compare, picked, new Int32Array(positions.length), out)
    positions.forEach((position, k) => {
      section.out[position] = out[k] as number
    })
    section.comparedAt.set(group, at)
  }

  return {
    update(position, stock, at) {
      if (sections.length === 0) return
      const counts = stock.member.listingReason === null && stock.total >= MINIMUM_BARS
      if (counts) {
        const bar = stock.length - 1
        evaluator.run(position, stock)
        slots.forEach((slot, k) => {
          const computed = (evaluator.arrays[slot] as Float64Array)[bar] as number
          ;(values[k] as Float64Array)[position] = computed
        })
      }
      for (const section of sections) {
        const group = section.groups[position] as number
        if (group < 0) continue
        const comparedAt = section.comparedAt.get(group) ?? Number.NEGATIVE_INFINITY
        if (at - comparedAt >= cadenceMs) compareGroup(section, group, at)
      }
    },
    reset() {
      for (const column of values) column.fill(Number.NaN)
      for (const section of sections) {
        section.out.fill(Number.NaN)
        section.comparedAt.clear()
      }
    },
    refresh(at) {
      for (const section of sections) {
        for (const group of section.byGroup.keys()) compareGroup(section, group, at)
      }
    },
    value: (key, position) => byKey.get(key)?.out[position] ?? Number.NaN,
    age(position, at) {
      let oldest: number | null = null
      for (const { groups, comparedAt } of sections) {
        const compared = comparedAt.get(groups[position] as number)
        if (compared !== undefined) oldest = Math.max(oldest ?? 0, at - compared)
      }
      return oldest
    },
  }
}

function positionsByGroup(groups: Int32Array): Map<number, Int32Array> {
  const lists = new Map<number, number[]>()
  groups.forEach((group, position) => {
    if (group < 0) return
    const list = lists.get(group)
    if (list === undefined) lists.set(group, [position])
    else list.push(position)
  })
  return new Map([...lists].map(([group, list]) => [group, Int32Array.from(list)]))
}
