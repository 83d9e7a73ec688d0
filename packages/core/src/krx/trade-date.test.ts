import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dayNumber,
  dayNumberOfEpochMs,
  epochMsOfKst,
  fromDayNumber,
  isTradeDate,
  tradeDate,
  tradeDateOfEpochMs,
  weekday,
} from './trade-date.js'

const FIRST_DAY = -719_162
const LAST_DAY = 2_932_896
const anyDay = fc.integer({ min: FIRST_DAY, max: LAST_DAY })

describe('isTradeDate', () => {
  it.each(['1970-01-01', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    'accepts %s',
    (text) => {
      expect(isTradeDate(text)).toBe(true)
    },
  )

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '9999-12-32',
    '0000-01-01',
    '2026-1-2',
    '20260102',
    '2026-01-02 ',
    '2026-01-02\n',
    '２０２６-01-02',
    '',
  ])('refuses %j', (text) => {
    expect(isTradeDate(text)).toBe(false)
  })

  it.each([undefined, null, 20260102, new Date(0), ['2026-01-02']])('refuses %j', (value) => {
    expect(isTradeDate(value)).toBe(false)
  })

  it('agrees with the platform about which days exist', () => {
    const part = (max: number) => fc.integer({ min: 0, max })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), part(15), part(35), (year, month, day) => {
        const two = (value: number) => String(value).padStart(2, '0')
        const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
        const parsed = new Date(`${text}T00:00:00Z`)
        const exists = !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text)
        expect(isTradeDate(text)).toBe(exists)
      }),
    )
  })
})

describe('tradeDate', () => {
  it('gives the text back', () => {
    expect(tradeDate('2026-02-10')).toBe('2026-02-10')
  })

  it('says what it found and what it accepts', () => {
    expect(() => tradeDate('2026-02-30')).toThrow(
      expect.objectContaining({
        code: 'E_DATE_INVALID',
        message: 'date must be a calendar day written YYYY-MM-DD; found "2026-02-30"',
      }),
    )
  })
})

describe('day numbers', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-03-01', 11_017],
    ['2024-02-29', 19_782],
    ['0001-01-01', FIRST_DAY],
    ['9999-12-31', LAST_DAY],
  ])('counts the days from 1970-01-01 to %s', (text, day) => {
    expect(dayNumber(tradeDate(text))).toBe(day)
    expect(fromDayNumber(day)).toBe(text)
  })

  it('agree with the platform and return to the same day', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = fromDayNumber(day)
        expect(date).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10))
        expect(dayNumber(date)).toBe(day)
        expect(isTradeDate(date)).toBe(true)
      }),
    )
  })

  it('order dates as their texts do', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(fromDayNumber(a) < fromDayNumber(b)).toBe(a < b)
      }),
    )
  })

  it.each([FIRST_DAY - 1, LAST_DAY + 1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuse %d',
    (day) => {
      expect(() => fromDayNumber(day)).toThrow(expect.objectContaining({ code: 'E_DATE_INVALID' }))
    },
  )
})

describe('weekday', () => {
  it('counts from Sunday', () => {
    expect(weekday(dayNumber(tradeDate('1970-01-01')))).toBe(4)
    expect(weekday(dayNumber(tradeDate('2026-02-08')))).toBe(0)
    expect(weekday(dayNumber(tradeDate('2026-02-14')))).toBe(6)
  })

  it('agrees with the platform', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(weekday(day)).toBe(new Date(day * 86_400_000).getUTCDay())
      }),
    )
  })
})

describe('epochMsOfKst', () => {
  it('is nine hours ahead of UTC', () => {
    const date = tradeDate('2026-02-10')
    expect(epochMsOfKst(date, '15:30')).toBe(Date.UTC(2026, 1, 10, 6, 30))
    expect(epochMsOfKst(date, '00:00')).toBe(Date.UTC(2026, 1, 9, 15))
    expect(epochMsOfKst(date, '09:00:30')).toBe(Date.UTC(2026, 1, 10, 0, 0, 30))
    expect(epochMsOfKst(date, '23:59:59')).toBe(Date.UTC(2026, 1, 10, 14, 59, 59))
  })

  it.each(['24:00', '9:00', '09:60', '09:00:60', '0900', '', '09:00Z'])('refuses %j', (time) => {
    expect(() => epochMsOfKst(tradeDate('2026-02-10'), time)).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })
})

describe('tradeDateOfEpochMs', () => {
  it('changes at midnight in Korea', () => {
    const midnight = Date.UTC(2026, 1, 9, 15)
    expect(tradeDateOfEpochMs(midnight - 1)).toBe('2026-02-09')
    expect(tradeDateOfEpochMs(midnight)).toBe('2026-02-10')
    expect(dayNumberOfEpochMs(midnight)).toBe(dayNumber(tradeDate('2026-02-10')))
  })

  it('undoes epochMsOfKst at any time of the day', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
    fc.assert(
      fc.property(anyDay, time, (day, at) => {
        const date = fromDayNumber(day)
        expect(tradeDateOfEpochMs(epochMsOfKst(date, at))).toBe(date)
      }),
    )
  })

  it('refuses an instant that is no number', () => {
    expect(() => tradeDateOfEpochMs(Number.NaN)).toThrow(
      expect.objectContaining({ code: 'E_DATE_INVALID' }),
    )
  })
})
