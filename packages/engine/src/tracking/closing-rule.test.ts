import { type Bar, dayNumber, fromDayNumber, krxCalendar } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  countsEntrySession,
  type HoldingRule,
  openFill,
  type Position,
  positionEnd,
} from './closing-rule.js'
import { type DayPrices, rowsOf, SIGNAL_DATE, seriesOf, sessionAfter } from './testing-signals.js'

const CALM: DayPrices = [10_000, 10_100, 9_900, 10_000]
const DAY = dayNumber(SIGNAL_DATE)
const AT_CLOSE: HoldingRule = { fill: 'close', holdingBars: 5 }
const AT_OPEN: HoldingRule = { fill: 'next-open', holdingBars: 5 }

/** `[session after the first, price, reason]`. */
function endOf(
  days: readonly DayPrices[],
  more: Partial<Position> = {},
): readonly [number, number, string] | null {
  const series = seriesOf('000010', rowsOf(...days))
  const end = positionEnd(series, 'KOSPI', {
    entered: 'close',
    day: DAY,
    target: 11_500,
    stop: 9_500,
    holding: AT_CLOSE,
    ...more,
  })
  if (end === null) return null
  const calendar = krxCalendar()
  const session = calendar.ordinal(series.days[end.bar] as number) - calendar.ordinal(DAY)
  return [session, end.price, end.reason]
}

describe('a position bought at the close', () => {
  it('ends on the first later bar whose range reaches the target, at the target', () => {
    expect(endOf([CALM, CALM, [10_200, 11_500, 10_100, 11_000], CALM])).toEqual([
      2,
      11_500,
      'target',
    ])
    expect(endOf([CALM, [10_200, 11_490, 10_100, 11_000]])).toBeNull()
  })

  it('ends on the first later bar whose range reaches the stop, at the stop', () => {
    expect(endOf([CALM, [9_900, 9_950, 9_500, 9_800]])).toEqual([1, 9_500, 'stop'])
    expect(endOf([CALM, [9_900, 9_950, 9_510, 9_800]])).toBeNull()
  })

  it('takes the stop when both are in one bar', () => {
    expect(endOf([CALM, [10_000, 11_600, 9_400, 11_600]])).toEqual([1, 9_500, 'stop'])
  })

  it('fills a gap through either at the open', () => {
    expect(endOf([CALM, [9_300, 9_400, 9_200, 9_300]])).toEqual([1, 9_300, 'stop'])
    expect(endOf([CALM, [11_900, 12_000, 11_800, 11_900]])).toEqual([1, 11_900, 'target'])
  })

  it('fills an open through the stop there, though the bar later reaches the target', () => {
    expect(endOf([CALM, [9_300, 11_700, 9_200, 11_600]])).toEqual([1, 9_300, 'stop'])
  })

  it('is not judged by the bar that it was scored on', () => {
    expect(endOf([[10_000, 12_000, 9_000, 10_000], CALM])).toBeNull()
  })

  it('expires at the close of the last bar of its holding limit', () => {
    const last: DayPrices = [10_000, 10_300, 9_900, 10_250]
    expect(endOf([CALM, CALM, CALM, CALM, CALM])).toBeNull()
    expect(endOf([CALM, CALM, CALM, CALM, CALM, last, CALM])).toEqual([5, 10_250, 'expired'])
  })

  it('counts its own traded bars, so a halt or a missing row puts the limit off', () => {
    expect(endOf([CALM, 'halt', CALM, null, CALM, CALM, CALM])).toBeNull()
    expect(endOf([CALM, 'halt', CALM, null, CALM, CALM, CALM, CALM])).toEqual([
      7,
      10_000,
      'expired',
    ])
  })

  it('reaches a level on its last bar before it expires', () => {
    const last: DayPrices = [10_000, 11_500, 9_900, 10_250]
    expect(endOf([CALM, CALM, CALM, CALM, CALM, last])).toEqual([5, 11_500, 'target'])
  })

  it('is judged by the bars that there are when that of its own day is missing', () => {
    expect(endOf([null, [10_000, 11_500, 9_900, 10_000]])).toEqual([1, 11_500, 'target'])
  })
})

describe('a position bought at the open', () => {
  const bought = { entered: 'open', day: dayNumber(sessionAfter(1)), holding: AT_OPEN } as const

  it('is judged by the bar of that open', () => {
    expect(endOf([CALM, [10_000, 11_600, 9_900, 10_000]], bought)).toEqual([1, 11_500, 'target'])
    expect(endOf([CALM, [10_000, 10_100, 9_400, 10_000]], bought)).toEqual([1, 9_500, 'stop'])
  })

  it('has that bar as the first of its holding limit', () => {
    expect(endOf([CALM, CALM, CALM, CALM, CALM, CALM, CALM], bought)).toEqual([
      5,
      10_000,
      'expired',
    ])
    const oneDay = { ...bought, holding: { ...AT_OPEN, holdingBars: 1 } }
    expect(endOf([CALM, [10_000, 10_400, 9_800, 10_300], CALM], oneDay)).toEqual([
      1,
      10_300,
      'expired',
    ])
  })
})

describe('a position bought live', () => {
  const wild: DayPrices = [10_000, 12_000, 9_000, 10_400]

  it('is not judged by the range of the day, of which a part came before', () => {
    expect(endOf([wild, CALM], { entered: 'live', holding: AT_OPEN })).toBeNull()
    expect(
      endOf([wild, [9_400, 9_450, 9_300, 9_350]], { entered: 'live', holding: AT_OPEN }),
    ).toEqual([1, 9_400, 'stop'])
  })

  it('is closed at that close when its limit is one bar', () => {
    const oneDay = { entered: 'live', holding: { fill: 'next-open', holdingBars: 1 } } as const
    expect(endOf([wild, CALM], oneDay)).toEqual([0, 10_400, 'expired'])
    expect(endOf([], oneDay)).toBeNull()
  })

  it('is held as long as on paper when its strategy buys at the close', () => {
    const days = [CALM, CALM, CALM, CALM, CALM, CALM]
    expect(endOf(days, { entered: 'live', holding: AT_CLOSE })).toEqual(endOf(days))
    expect(endOf(days, { entered: 'live', holding: AT_OPEN })).toEqual([4, 10_000, 'expired'])
    expect(countsEntrySession('close', AT_OPEN)).toBe(false)
    expect(countsEntrySession('open', AT_CLOSE)).toBe(true)
  })
})

describe('a locked lower limit', () => {
  // 30 % below 10,000 is 7,000, and 30 % below that is 4,900.
  const locked: DayPrices = [7_000, 7_000, 7_000, 7_000]
  const lockedAgain: DayPrices = [4_900, 4_900, 4_900, 4_900]

  it('sells nothing: the stop waits for the open of the next bar', () => {
    expect(endOf([CALM, locked])).toBeNull()
    expect(endOf([CALM, locked, [6_500, 7_300, 6_400, 7_000]])).toEqual([2, 6_500, 'stop'])
    expect(endOf([CALM, locked, [12_000, 12_100, 11_900, 12_000]])).toEqual([2, 12_000, 'stop'])
  })

  it('waits as long as bars are locked', () => {
    expect(endOf([CALM, locked, lockedAgain, 'halt', [4_000, 4_100, 3_900, 4_000]])).toEqual([
      4,
      4_000,
      'stop',
    ])
  })

  it('sells in a bar that opened there and came loose, or fell there after the stop', () => {
    expect(endOf([CALM, [7_000, 7_500, 7_000, 7_400]])).toEqual([1, 7_000, 'stop'])
    expect(endOf([CALM, [9_800, 9_900, 7_000, 7_000]])).toEqual([1, 9_500, 'stop'])
  })

  it('has no buyer at the close on which a position expires', () => {
    const oneDay = { stop: 1, holding: { fill: 'close', holdingBars: 1 } } as const
    const fell: DayPrices = [9_800, 9_900, 7_000, 7_000]
    expect(endOf([CALM, fell], oneDay)).toBeNull()
    expect(endOf([CALM, fell, [7_200, 7_300, 7_100, 7_200]], oneDay)).toEqual([2, 7_200, 'expired'])
  })

  it('is known of prices that were adjusted since, though they are rounded', () => {
    // Printed 1,013 and, locked at the limit, 710; adjusted for five shares for one 203 and 142.
    const [before, locked] = rowsOf([203, 203, 203, 203], [142, 142, 142, 142])
    const bars = [
      { ...before, rawClose: 1_013 },
      { ...locked, rawClose: 710 },
    ] as Bar[]
    const holding = { fill: 'close', holdingBars: 1 } as const
    const position = { entered: 'close', day: DAY, target: 233, stop: 193, holding } as const
    expect(positionEnd(seriesOf('000010', bars), 'KOSPI', position)).toBeNull()
  })

  it('is none at a price so low that both limits are one', () => {
    const still: DayPrices = [3, 3, 3, 3]
    expect(endOf([still, still], { target: 4, stop: 3 })).toEqual([1, 3, 'stop'])
  })

  it('is none where the session had no limit', () => {
    expect(endOf([CALM, [5_000, 5_000, 5_000, 5_000]])).toEqual([1, 5_000, 'stop'])
  })
})

describe('the open after a signal', () => {
  const filled = (...days: readonly DayPrices[]) =>
    openFill(seriesOf('000010', rowsOf(...days)), 'KOSPI', krxCalendar(), DAY)
  const unfilled = { state: 'unfilled', day: dayNumber(sessionAfter(1)) }

  it('fills on the next session', () => {
    expect(filled(CALM, CALM)).toEqual({ state: 'filled', bar: 1 })
  })

  it('is waited for while the day has no row, nor any later', () => {
    expect(filled(CALM)).toEqual({ state: 'waiting' })
    const calendar = krxCalendar()
    const end = seriesOf('000010', [])
    expect(openFill(end, 'KOSPI', calendar, calendar.last)).toEqual({ state: 'waiting' })
    expect(fromDayNumber(calendar.last)).toBe('2027-12-31')
  })

  it('fills nothing when the stock is halted, or did not trade', () => {
    expect(filled(CALM, 'halt')).toEqual(unfilled)
    expect(filled(CALM, null, CALM)).toEqual(unfilled)
    expect(filled(CALM, null, 'halt')).toEqual(unfilled)
  })

  it('fills nothing at the upper limit, even when the stock comes loose', () => {
    expect(filled(CALM, [13_000, 13_000, 13_000, 13_000])).toEqual(unfilled)
    expect(filled(CALM, [13_000, 13_000, 11_000, 11_500])).toEqual(unfilled)
    expect(filled(CALM, [12_990, 13_000, 12_900, 13_000])).toEqual({ state: 'filled', bar: 1 })
  })
})
