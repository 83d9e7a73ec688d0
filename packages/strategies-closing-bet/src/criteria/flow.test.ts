import {
  type Bar,
  createSeries,
  type Flow,
  type ScoreCard,
  type Strategy,
  score,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { dateOf, equalBars, seriesInput } from '../../../../tests/support/made-bars.js'
import { closingBet } from '../strategy.js'
import { flow } from './flow.js'

const cardOf = (strategy: Strategy, bars: readonly Bar[], flows?: readonly Flow[]): ScoreCard =>
  score(strategy, createSeries(seriesInput(bars, flows)))

const line = (foreignNetValue: number | null, institutionNetValue: number | null) =>
  cardOf(closingBet(), equalBars(3), [{ date: dateOf(2), foreignNetValue, institutionNetValue }])
    .criteria[5]

describe('flow', () => {
  it('gives a point for each side that bought', () => {
    expect(line(1, 1)?.points).toBe(2)
    expect(line(1, -1)?.points).toBe(1)
    expect(line(-1, 1)?.points).toBe(1)
    expect(line(0, 0)).toMatchObject({ points: 0, outcome: 'fail' })
  })

  it('is unknown when either side is missing on the date', () => {
    expect(line(1, null)).toMatchObject({ outcome: 'unknown', evidence: { foreign: 1 } })
    expect(line(null, 1)?.points).toBeNull()
    const before = [{ date: dateOf(1), foreignNetValue: 1, institutionNetValue: 1 }]
    const found = cardOf(closingBet(), equalBars(3), before).criteria[5]
    expect(found?.reason).toEqual({
      ko: '알 수 없음: 필요한 날짜의 수급 자료 없음',
      en: 'Unknown: no flows on a date it reads',
    })
  })

  it('turns shares into won where the source has only shares', () => {
    const shares = [{ date: dateOf(2), foreignNetVolume: 5, institutionNetVolume: -5 }]
    expect(cardOf(closingBet(), equalBars(3), shares).criteria[5]).toMatchObject({
      points: 1,
      evidence: { foreign: 50_000, institution: -50_000 },
    })
  })

  it('says both amounts', () => {
    expect(line(5.42e9, -17.58e9)?.reason).toEqual({
      ko: '외국인 순매수 54.2억원, 기관 순매수 -175.8억원',
      en: 'Net buying: foreigners KRW 5.42 bn, institutions KRW -17.58 bn',
    })
  })

  it('follows its options', () => {
    const much = flow({ netAboveKrw: 1e9 })
    expect(much.score({ foreign: 1e9, institution: 2e9 })).toBe(1)
  })
})
