import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { dateOf, equalBars, seriesInput } from '../../../../tests/support/made-bars.js'
import { daytrade } from '../strategy.js'
import { institutionBuying } from './institution-buying.js'

const lineOf = (foreignNetValue: number | null, institutionNetValue: number | null) => {
  const flows = [{ date: dateOf(1), foreignNetValue, institutionNetValue }]
  return score(daytrade(), createSeries(seriesInput(equalBars(2), flows))).criteria[4]
}

describe('institution-buying', () => {
  it('gives full points at exactly 10 bn together, half at 5 bn', () => {
    expect(lineOf(12e9, -2e9)?.points).toBe(15)
    expect(lineOf(12e9, -2.01e9)?.points).toBe(8)
    expect(lineOf(0, 5e9)?.points).toBe(8)
    expect(lineOf(0, 4.99e9)?.points).toBe(0)
  })

  it('is unknown when either side is missing on the date', () => {
    expect(lineOf(20e9, null)).toMatchObject({ outcome: 'unknown', points: null })
    expect(lineOf(null, 20e9)?.reason.en).toBe('Unknown: no flows on a date it reads')
  })

  it('says the sum and both sides', () => {
    expect(lineOf(-1.3e9, 20.98e9)?.reason).toEqual({
      ko: '순매수 합계 196.8억원 (외국인 -13억원, 기관 209.8억원)',
      en: 'Net buying KRW 19.68 bn (foreigners KRW -1.3 bn, institutions KRW 20.98 bn)',
    })
  })

  it('follows its options', () => {
    const other = institutionBuying({ fullKrw: 1e9, halfKrw: 0 })
    expect(other.score({ foreign: 1e9, institution: 0 })).toBe(15)
    expect(other.score({ foreign: 1e9, institution: -1e9 })).toBe(8)
  })
})
