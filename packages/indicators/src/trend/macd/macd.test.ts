import { MACD } from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { indicatorLaws } from '../../testing-laws.js'
import { macd } from './macd.js'

indicatorLaws({
  name: 'macd',
  indicator: (x) => macd(x, 3, 7, 4),
  inputs: ['close'],
  scale: 'linear',
})

describe('macd', () => {
  it('is 0 on a flat price', () => {
    const { line, signal, histogram } = macd(new Float64Array(50).fill(500))
    expect([line.at(-1), signal.at(-1), histogram.at(-1)]).toEqual([0, 0, 0])
  })

  it('refuses a fast average that is not the faster one', () => {
    expect(() => macd(new Float64Array(5), 26, 12)).toThrow('slow must be an integer from 27')
  })

  it('agrees with technicalindicators', () => {
    const values = Float64Array.from({ length: 120 }, (_, i) => 1000 + 90 * Math.sin(i / 7))
    const theirs = MACD.calculate({
      values: Array.from(values),
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    })
    const { line, signal, histogram } = macd(values)
    theirs.forEach((theirOutput, k) => {
      const i = k + values.length - theirs.length
      expect(line[i]).toBeCloseTo(theirOutput.MACD as number, 8)
      expect(Number.isNaN(signal[i])).toBe(theirOutput.signal === undefined)
      if (theirOutput.signal === undefined) return
      expect(signal[i]).toBeCloseTo(theirOutput.signal, 8)
      expect(histogram[i]).toBeCloseTo(theirOutput.histogram as number, 8)
    })
  })
})
