import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  barOf,
  dateOf,
  equalBars,
  type MadeBar,
  type MadeFlow,
  seriesInput,
} from '../../../../tests/support/made-bars.js'
import { vcpOptions } from '../options/vcp-options.js'
import { vcp } from '../strategy.js'
import { dualBuying } from './dual-buying.js'
import { foreign } from './foreign.js'
import { foreignStreak } from './foreign-streak.js'
import { institution } from './institution.js'

const defaults = vcpOptions.parse({}).smartMoney
// Bars trade 10,000 x 1,000 = 10 million won each.
const flowsOf = (sides: ReadonlyArray<readonly [number | null, number | null]>): MadeFlow[] =>
  sides.map(([foreignNetValue, institutionNetValue], k) => ({
    date: dateOf(k),
    foreignNetValue,
    institutionNetValue,
  }))
const linesOf = (bars: readonly MadeBar[], flows: readonly MadeFlow[]) =>
  score(vcp(), createSeries(seriesInput(bars, flows))).criteria.slice(5)
const pointsOf = (sides: ReadonlyArray<readonly [number | null, number | null]>) =>
  linesOf(equalBars(sides.length), flowsOf(sides)).map(({ points }) => points)

describe('smart-money.foreign and smart-money.institution', () => {
  it('give their points on the exact shares', () => {
    const shares = [0.05, 0.0499, 0.02, 0.0199, 0, -0.0199, -0.02, -0.5]
    const at = (share: number) => ({ share, netBuying: 0, sessionsApart: 4 })
    const points = (criterion: typeof foreign) =>
      shares.map((share) => criterion(defaults).score(at(share)))
    expect(points(foreign)).toEqual([40, 32, 32, 24, 12, 12, 0, 0])
    expect(points(institution)).toEqual([30, 24, 24, 18, 9, 9, 0, 0])
  })

  it('sum net buying over the traded value of the five bars', () => {
    const five = [2.5e6, 0, 0, 0, 0].map((value) => [value, -value] as const)
    const [first, second] = linesOf(equalBars(5), flowsOf(five))
    expect(first).toMatchObject({
      points: 40,
      evidence: { share: 0.05, netBuying: 2.5e6, sessionsApart: 4 },
    })
    expect(second).toMatchObject({ points: 0, evidence: { share: -0.05 } })
    expect(first?.reason).toEqual({
      ko: '외국인 5일 순매수 250만원, 거래대금의 5.00%',
      en: 'Foreign net buying KRW 2.5 mn in 5 bars, 5.00% of the traded value',
    })
  })
})

describe('smart-money.foreign-streak', () => {
  const streak = (...values: number[]) => pointsOf(values.map((value) => [value, 0] as const))[2]

  it('gives three points for each of the latest bars in a row, up to five', () => {
    expect(streak(1, 1, 1, 1, 1)).toBe(15)
    expect(streak(9, 1, 1, 1, 1, 1)).toBe(15)
    expect(streak(1, 1, -1, 1, 1)).toBe(6)
    expect(streak(1, 1, 1, 1, 0)).toBe(0)
  })
})

describe('smart-money.dual-buying', () => {
  it('gives three points for each bar that both bought on', () => {
    const both = [1, 1] as const
    expect(pointsOf([both, both, both, both, both])[3]).toBe(15)
    expect(pointsOf([both, [1, 0], [0, 1], both, [-1, -1]])[3]).toBe(6)
    expect(dualBuying(defaults).reason?.({ count: 3, sessionsApart: 4 }, 9)).toEqual({
      ko: '최근 5일 중 3일 동반 순매수',
      en: 'Both bought on 3 of the latest 5 bars',
    })
  })
})

describe('smart money', () => {
  it('needs its own side on all five dates', () => {
    const one = [1, 1] as const
    expect(pointsOf([[null, 1], one, one, one, one])).toEqual([null, 18, null, null])
    expect(pointsOf([[1, null], one, one, one, one])).toEqual([24, null, 15, null])
    expect(pointsOf([one, one, one, one])).toEqual([null, null, null, null])
    expect(pointsOf([[null, null], one, one, one, one, one])).toEqual([24, 18, 15, 15])
  })

  // Four bars, so many halted sessions, then the fifth bar.
  const gap = (halts: number): readonly [MadeBar[], MadeFlow[]] => {
    const last = 4 + halts
    const halted = Array.from({ length: halts }, (_, k) => barOf(4 + k, { volume: 0 }))
    const flows = flowsOf([
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    const end = { date: dateOf(last), foreignNetValue: 1, institutionNetValue: 1 }
    return [
      [...equalBars(4), ...halted, barOf(last)],
      [...flows, end],
    ]
  }

  it('is unknown when the five bars span more than ten sessions, and says so', () => {
    const near = linesOf(...gap(5))
    expect(near.map(({ points }) => points)).toEqual([24, 18, 15, 15])
    expect(near[0]?.evidence).toMatchObject({ sessionsApart: 9 })
    const far = linesOf(...gap(6))
    expect(far.map(({ points }) => points)).toEqual([null, null, null, null])
    expect(far[0]?.evidence).toMatchObject({ sessionsApart: null })
    expect(far[0]?.reason).toEqual({
      ko: '알 수 없음: 거래정지로 기간이 너무 김',
      en: 'Unknown: halts stretch its bars over too many sessions',
    })
  })

  it('follows its options', () => {
    const lax = { ...defaults, fullShare: 0.03, netAboveKrw: 10 }
    expect(foreign(lax).score({ share: 0.03, netBuying: 0, sessionsApart: 4 })).toBe(40)
    expect(foreignStreak({ ...lax, bars: 3 }).inputs['streak']?.key).toContain('10,3')
    expect(foreignStreak({ ...lax, bars: 10 }).score({ streak: 10, sessionsApart: 9 })).toBe(15)
    expect(foreign({ ...lax, bars: 1 }).inputs['share']?.lookback).toBe(1)
  })
})
