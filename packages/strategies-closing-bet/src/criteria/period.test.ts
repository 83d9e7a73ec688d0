import {
  type Bar,
  createSeries,
  type Flow,
  type ScoreCard,
  type Strategy,
  score,
} from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { barOf, seriesInput } from '../../../../tests/support/made-bars.js'
import { closingBetOptions } from '../options.js'
import { closingBet } from '../strategy.js'
import { period } from './period.js'

const cardOf = (strategy: Strategy, bars: readonly Bar[], flows?: readonly Flow[]): ScoreCard =>
  score(strategy, createSeries(seriesInput(bars, flows)))

const defaults = closingBetOptions.parse({}).period

/** Ten closes with lows of their own; the line of the last. */
function line(closes: readonly number[], lows: readonly number[] = closes) {
  const bars = closes.map((close, k) =>
    barOf(k, { close, high: Math.max(close, lows[k] ?? close), low: lows[k] ?? close }),
  )
  return cardOf(closingBet(), bars).criteria[4]
}

describe('period', () => {
  it('holds for a rebound of exactly 3 % within three bars of the low', () => {
    expect(line([11, 11, 11, 11, 11, 11, 10, 10.3, 10.1, 10.1].map((x) => x * 1000))?.points).toBe(
      1,
    )
    expect(
      line([11, 11, 11, 11, 11, 11, 10, 10.299, 10.2, 10.1].map((x) => x * 1000))?.points,
    ).toBe(0)
  })

  it('does not count a close later than three bars after the low', () => {
    const late = [11, 11, 11, 11, 11, 10, 10.1, 10.1, 10.1, 10.4].map((x) => x * 1000)
    expect(line(late)).toMatchObject({ points: 0, evidence: { barsSinceLow: 4 } })
  })

  it('takes the latest of equal lows, and the closes from that day on', () => {
    const closes = [11, 10.2, 11, 11, 11, 11, 11, 10.6, 10.7, 10.8].map((x) => x * 1000)
    const lows = [11, 10, 11, 11, 11, 11, 11, 10, 10.6, 10.7].map((x) => x * 1000)
    // After the first low a close rose 7.8 %; after the second, 10.8 / 10.6, less than 3 %.
    expect(line(closes, lows)).toMatchObject({ points: 0, evidence: { barsSinceLow: 2 } })
  })

  it("fails where the low is the day's own", () => {
    const closes = [11, 11, 11, 11, 11, 11, 11, 11, 11, 10].map((x) => x * 1000)
    expect(line(closes)).toMatchObject({ points: 0, outcome: 'fail' })
    expect(line(closes)?.reason).toEqual({
      ko: '오늘이 10일 최저가: 아직 반등 없음',
      en: "The lowest low of 10 bars is today's: no rebound yet",
    })
  })

  it('is unknown with fewer than ten bars', () => {
    const nine = Array.from({ length: 9 }, (_, k) => barOf(k, {}))
    const found = cardOf(closingBet(), nine).criteria[4]
    expect(found).toMatchObject({ id: 'period', outcome: 'unknown' })
    expect(found?.reason.en).toBe('Unknown: needs 10 bars, has 9')
  })

  it('says when the low was and how far it rose', () => {
    const closes = [11, 11, 11, 11, 11, 11, 10, 10.5, 10, 10].map((x) => x * 1000)
    expect(
      line(
        closes,
        [11, 11, 11, 11, 11, 11, 9, 10, 10, 10].map((x) => x * 1000),
      )?.reason,
    ).toEqual({
      ko: '3일 전 저점 이후 3일 안에 최대 +5.00%(기준 3%)',
      en: 'Low 3 bars ago, at most +5.00% within 3 bars of it (needs 3%)',
    })
  })

  it('follows its options', () => {
    const strict = period({ ...defaults, minimumRebound: 0.05 })
    expect(strict.score({ rebound: 0.04, barsSinceLow: 3 })).toBe(0)
    expect(strict.score({ rebound: 0.05, barsSinceLow: 3 })).toBe(1)
  })
})
