import { Stochastic } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { stochastic } from './stochastic.js'

for (const period of [2, 5]) {
  indicatorLaws({
    name: `stochastic of ${period}`,
    indicator: (high, low, close) => stochastic(high, low, close, period, 3),
    inputs: ['high', 'low', 'close'],
    scale: 'same',
    gapFillsWindow: false,
  })
}

describe('stochastic', () => {
  it('is the place of the close in the range', () => {
    const { k } = stochastic(
      Float64Array.of(10, 12),
      Float64Array.of(6, 8),
      Float64Array.of(9, 9),
      2,
    )
    expect(k[1]).toBe(50)
  })

  it('is missing without a range', () => {
    const flat = new Float64Array(5).fill(3)
    expect(stochastic(flat, flat, flat, 2).k[4]).toBeNaN()
  })

  it('agrees with technicalindicators', () => {
    const close = Array.from({ length: 60 }, (_, i) => 1000 + 90 * Math.sin(i / 7))
    const high = close.map((value, i) => value + 3 + (i % 4))
    const low = close.map((value, i) => value - 2 - (i % 3))
    const theirs = Stochastic.calculate({ high, low, close, period: 14, signalPeriod: 3 })
    const { k, d } = stochastic(
      Float64Array.from(high),
      Float64Array.from(low),
      Float64Array.from(close),
    )
    theirs.forEach((theirOutput, position) => {
      const i = position + close.length - theirs.length
      expect(k[i]).toBeCloseTo(theirOutput.k, 8)
      if (theirOutput.d === undefined) expect(d[i]).toBeNaN()
      else expect(d[i]).toBeCloseTo(theirOutput.d, 8)
    })
  })
})
