import { describe, expect, it } from 'vitest'
import { bar, barsOf, repeated } from './fixtures.js'
import { isInUptrend, isLiquid } from './screen.js'

describe('screen', () => {
  it('asks a mean of 1 billion won over the 20 days before t', () => {
    const days = (volume: number, today: number) => [
      ...Array.from({ length: 20 }, (_, i) => bar(i, 1000, { volume })),
      bar(20, 1000, { volume: today }),
    ]
    expect(isLiquid(days(1_000_000, 1))).toBe(true)
    expect(isLiquid(days(999_999, 100_000_000))).toBe(false)
    expect(isLiquid(days(1_000_000, 1).slice(1))).toBe(false)
  })

  it('asks a close above the mean of 50, t included', () => {
    expect(isInUptrend(barsOf([...repeated(100, 49), 101]))).toBe(true)
    expect(isInUptrend(barsOf(repeated(100, 50)))).toBe(false)
    expect(isInUptrend(barsOf([...repeated(100, 48), 101]))).toBe(false)
  })
})
