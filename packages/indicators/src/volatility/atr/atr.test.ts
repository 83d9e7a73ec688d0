import { ATR } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { atr } from './atr.js'

for (const period of [1, 5]) {
  indicatorLaws({
    name: `atr of ${period}`,
    indicator: (high, low, close) => atr(high, low, close, period),
    inputs: ['high', 'low', 'close'],
    scale: 'linear',
    gapFillsWindow: false,
  })
}

describe('atr', () => {
  it('agrees with technicalindicators', () => {
    const close = Array.from({ length: 60 }, (_, i) => 1000 + 90 * Math.sin(i / 7))
    const high = close.map((value, i) => value + 3 + (i % 4))
    const low = close.map((value, i) => value - 2 - (i % 3))
    const theirs = ATR.calculate({ high, low, close, period: 14 })
    const ours = atr(Float64Array.from(high), Float64Array.from(low), Float64Array.from(close))
    expect(ours.findIndex((value) => !Number.isNaN(value))).toBe(14)
    theirs.forEach((value, k) => {
      expect(ours[k + close.length - theirs.length]).toBeCloseTo(value, 8)
    })
  })
})
