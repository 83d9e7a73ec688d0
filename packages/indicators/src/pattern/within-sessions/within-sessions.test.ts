import { sessions, source } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { sum } from '../../statistics/sum/sum.js'
import { expectBits, indicatorLaws } from '../../testing-laws.js'
import { withinSessions } from './within-sessions.js'

indicatorLaws({
  name: 'withinSessions',
  indicator: (x, ordinal) => withinSessions(sum(x, 5), ordinal, 5, 10),
  inputs: ['flow', 'ordinal'],
  gapFillsWindow: false,
  exactWarmUp: false,
})

describe('withinSessions', () => {
  it('lets a value through while its bars lie close together', () => {
    const { NaN: missing } = Number
    const ordinal = Float64Array.of(1, 2, 3, 6, 7, 8)
    const values = Float64Array.of(1, 2, 3, 4, 5, 6)
    expectBits(withinSessions(values, ordinal, 3, 5), Float64Array.of(missing, missing, 3, 4, 5, 6))
    expectBits(
      withinSessions(values, ordinal, 3, 4),
      Float64Array.of(missing, missing, 3, missing, missing, 6),
    )
  })

  it('needs no more bars than its inputs', () => {
    const column = withinSessions(sum(source('flow'), 5), sessions.ordinal)
    expect(column).toMatchObject({ lookback: 5, warmUp: 4 })
  })

  it('refuses fewer sessions than bars', () => {
    expect(() => withinSessions(sessions.ordinal, sessions.ordinal, 5, 4)).toThrow(
      'maximumSessions must be an integer from 5',
    )
  })
})
