import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barsOfCloses, seriesInput } from '../../../../tests/support/made-bars.js'
import { daytrade } from '../strategy.js'
import { aboveMa5 } from './above-ma5.js'

const lineOf = (closes: readonly number[]) =>
  score(daytrade(), createSeries(seriesInput(barsOfCloses(closes)))).criteria[3]

describe('above-ma5', () => {
  it('needs a close above the mean, the day included', () => {
    expect(lineOf([100, 100, 100, 100, 101])).toMatchObject({
      points: 15,
      evidence: { close: 101, average: 100.2 },
    })
    expect(lineOf([100, 100, 100, 100, 100])?.points).toBe(8)
  })

  it('gives half at exactly 99 % of it', () => {
    // The mean of 990, 1002, 1002, 1003 and 1003 is 1000.
    expect(lineOf([1003, 1003, 1002, 1002, 990])?.points).toBe(8)
    expect(lineOf([1003, 1003, 1003, 1002, 989])?.points).toBe(0)
  })

  it('is unknown with fewer than five bars', () => {
    expect(lineOf([1, 2, 3, 4])).toMatchObject({ outcome: 'unknown', points: null })
    expect(lineOf([1, 2, 3, 4])?.reason.ko).toBe('알 수 없음: 거래일 5일 필요 (4일 있음)')
  })

  it('says the distance from the mean', () => {
    expect(lineOf([100, 100, 100, 100, 101])?.reason).toEqual({
      ko: '5일선 100.2원 대비 +0.80%',
      en: '+0.80% from the 5-bar average of KRW 100.2',
    })
  })

  it('follows its options', () => {
    const other = aboveMa5({ averagePeriod: 10, halfShare: 0.9 })
    expect(other.label.ko).toBe('10일선 위')
    expect(other.score({ close: 90, average: 100 })).toBe(8)
  })
})
