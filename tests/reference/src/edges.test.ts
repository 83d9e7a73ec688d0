import { describe, expect, it } from 'vitest'
import { atLeast, atMost, isAbove, isBelow, isOn, isWithin } from './edges.js'

describe('edges', () => {
  it('takes 39.99999999999999 as 40', () => {
    expect(isWithin(39.99999999999999, 40, 60)).toBe(true)
    expect(isBelow(39.99999999999999, 40)).toBe(false)
    expect(isBelow(39.9999, 40)).toBe(true)
  })

  it('lets >= and <= hold on the edge, > and < not', () => {
    const fall = 99 / 100 - 1
    expect(fall).not.toBe(-0.01)
    expect(isBelow(fall, -0.01)).toBe(false)
    expect(atLeast(fall, -0.01)).toBe(true)
    expect(atMost(fall, -0.01)).toBe(true)
    expect(isAbove(fall, -0.01)).toBe(false)
  })

  it('has no width around 0', () => {
    expect(isOn(1e-300, 0)).toBe(false)
    expect(isAbove(1e-300, 0)).toBe(true)
    expect(isAbove(0, 0)).toBe(false)
  })

  it('ends one part in 10^9 away', () => {
    expect(isOn(1_000_000_001, 1_000_000_000)).toBe(true)
    expect(isOn(1_000_000_002, 1_000_000_000)).toBe(false)
  })
})
