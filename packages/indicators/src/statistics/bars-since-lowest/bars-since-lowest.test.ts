import { describe, it } from 'vitest'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { barsSinceLowest } from './bars-since-lowest.js'

for (const period of [1, 3, 9]) {
  indicatorLaws({
    name: `barsSinceLowest of ${period}`,
    indicator: (x) => barsSinceLowest(x, period),
    inputs: ['low'],
    scale: 'same',
  })
}

describe('barsSinceLowest', () => {
  it('counts from the latest of equal lows', () => {
    const { NaN: missing } = Number
    expectBits(
      barsSinceLowest(Float64Array.of(3, 1, 2, 1, 5, 6, 7), 3),
      Float64Array.of(missing, missing, 1, 0, 1, 2, 2),
    )
  })
})
