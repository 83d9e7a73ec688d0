import type { SectorMeasure } from '../columns/index.js'
import type { SectorChange } from './card.js'

/**
 * Mean of a value over the members of each sector, strongest first. Missing values count for nobody;
 * a sector with fewer known members than the measure asks for is left out.
 */
export function sectorMeans(
  measure: SectorMeasure,
  values: Float64Array,
  sectors: ReadonlyArray<string | null>,
): SectorChange[] {
  const sums = new Map<string, { sum: number; members: number }>()
  for (let m = 0; m < values.length; m++) {
    const sector = sectors[m]
    const value = values[m] as number
    if (sector === null || sector === undefined || sector === '' || Number.isNaN(value)) continue
    const known = sums.get(sector)
    if (known === undefined) sums.set(sector, { sum: value, members: 1 })
    else {
      known.sum += value
      known.members++
    }
  }
  return [...sums]
    .filter(([, { members }]) => members >= measure.minimumMembers)
    .map(([sector, { sum, members }]) => ({ sector, change: sum / members, members }))
    .sort((a, b) => b.change - a.change || (a.sector < b.sector ? -1 : 1))
}
