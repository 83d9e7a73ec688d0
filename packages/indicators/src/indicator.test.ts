import { bars, isRalphError } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { change, highest, reboundFromLow, sma, stochastic } from './index.js'
import { requireNumber } from './indicator.js'

describe('the two forms of an indicator', () => {
  it('declares a column over columns', () => {
    expect(sma(bars.close, 20).key).toBe('sma(bars.close,20)')
    expect(sma(bars.close)).toMatchObject({ lookback: 20, warmUp: 19 })
    expect(sma(sma(bars.close, 5), 3)).toMatchObject({ lookback: 7, warmUp: 6 })
  })

  it('gives an array of its own over arrays, and leaves the input alone', () => {
    const values = Float64Array.of(1, 2, 3)
    const result = sma(values, 1)
    result[0] = 9
    expect(values).toEqual(Float64Array.of(1, 2, 3))
    const flat = stochastic(values, values, values, 1, 1)
    expect(flat.k).not.toBe(flat.d)
  })

  it('gives every call its own result, whatever was asked before', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => (i * 7919) % 101)
    const first = sma(values, 3)
    const kept = first.slice()
    const others = Array.from({ length: 40 }, (_, k) => sma(values, k + 1))
    sma(
      values.map((value) => -value),
      3,
    )
    expect(first).toEqual(kept)
    others.forEach((result, k) => {
      expect(result).toEqual(sma(values, k + 1))
    })
  })

  it('gives a long array the values of its parts', () => {
    const long = Float64Array.from({ length: 20_000 }, (_, i) => (i * 7919) % 9973)
    const result = highest(long, 12)
    for (const from of [0, 4000, 4080, 8100, 15_000]) {
      const part = highest(long.subarray(from, from + 300), 12).subarray(11)
      expect(result.subarray(from + 11, from + 300)).toEqual(part)
    }
  })

  it('refuses arrays of different lengths and mixed inputs', () => {
    const error = (run: () => unknown): unknown => {
      try {
        return run()
      } catch (thrown) {
        return isRalphError(thrown) ? thrown.code : thrown
      }
    }
    const three = new Float64Array(3)
    expect(error(() => reboundFromLow(three, new Float64Array(4)))).toBe('E_BARS_SHAPE')
    expect(error(() => reboundFromLow(three, bars.close as never))).toBe('E_INPUT_INVALID')
    expect(error(() => sma([1, 2] as never))).toBe('E_INPUT_INVALID')
    expect(error(() => sma(three, 0))).toBe('E_PARAM_RANGE')
    expect(error(() => sma(three, 1.5))).toBe('E_PARAM_RANGE')
    expect(error(() => sma(three, 1_000_001))).toBe('E_PARAM_RANGE')
    expect(error(() => change(three, -1))).toBe('E_PARAM_RANGE')
    expect(error(() => highest(three, 5, { atLeast: 6 }))).toBe('E_PARAM_RANGE')
    expect(error(() => requireNumber('share', Number.NaN, 0))).toBe('E_PARAM_RANGE')
  })
})
