import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarFromSessions, krxCalendar, type SessionCalendar } from './calendar.js'
import {
  holidayReason,
  KRX_HOLIDAYS,
  KRX_HOLIDAYS_FROM,
  KRX_HOLIDAYS_TO,
  KRX_HOLIDAYS_VERIFIED_TO,
} from './holidays.js'
import { dayNumber, fromDayNumber, isTradeDate, tradeDate, weekday } from './trade-date.js'

const krx = krxCalendar()
const day = (text: string): number => dayNumber(tradeDate(text))
const dates = (days: readonly number[]): string[] => days.map(fromDayNumber)
const sessionsIn = (calendar: SessionCalendar, year: number): number =>
  calendar.between(day(`${year}-01-01`), day(`${year}-12-31`)).length

describe('KRX_HOLIDAYS', () => {
  const days = Object.keys(KRX_HOLIDAYS)

  it('holds weekdays within its range, in order', () => {
    expect(days.every((text) => isTradeDate(text))).toBe(true)
    expect(days.map(day).filter((n) => weekday(n) === 0 || weekday(n) === 6)).toEqual([])
    expect(days).toEqual([...days].sort())
    expect(days[0]).toBe(KRX_HOLIDAYS_FROM)
    expect(days.at(-1)).toBe(KRX_HOLIDAYS_TO)
    expect(KRX_HOLIDAYS_VERIFIED_TO < KRX_HOLIDAYS_TO).toBe(true)
  })

  it('closes the last weekday of every year', () => {
    for (let year = 2015; year <= 2027; year++) {
      let last = day(`${year}-12-31`)
      while (weekday(last) === 0 || weekday(last) === 6) last -= 1
      expect(holidayReason(fromDayNumber(last))).toBe('year-end')
    }
  })

  it('closes every holiday of a fixed date that is a weekday', () => {
    const fixed = ['01-01', '03-01', '05-01', '05-05', '06-06', '08-15', '10-03', '10-09', '12-25']
    for (let year = 2015; year <= 2027; year++) {
      for (const monthDay of year < 2026 ? fixed : [...fixed, '07-17']) {
        const date = tradeDate(`${year}-${monthDay}`)
        const weekend = [0, 6].includes(weekday(dayNumber(date)))
        expect(holidayReason(date) === null, date).toBe(weekend)
      }
    }
  })

  it.each([
    ['2015-08-14', 'temporary'],
    ['2017-10-02', 'temporary'],
    ['2020-08-17', 'temporary'],
    ['2024-10-01', 'temporary'],
    ['2025-01-27', 'temporary'],
    ['2025-06-03', 'election'],
    ['2026-06-03', 'election'],
    ['2026-07-17', 'constitution-day'],
    ['2025-10-08', 'substitute-chuseok'],
    ['2026-03-02', 'substitute-independence-movement-day'],
    ['2027-05-03', 'substitute-labour-day'],
  ])('says why %s is closed', (text, reason) => {
    expect(holidayReason(tradeDate(text))).toBe(reason)
  })

  it('has no reason for a session or a weekend', () => {
    expect(holidayReason(tradeDate('2025-07-17'))).toBeNull()
    expect(holidayReason(tradeDate('2026-05-24'))).toBeNull()
  })
})

describe('krxCalendar', () => {
  it.each([
    [2015, 248],
    [2016, 246],
    [2017, 243],
    [2018, 244],
    [2019, 246],
    [2020, 248],
    [2021, 248],
    [2022, 246],
    [2023, 245],
    [2024, 244],
    [2025, 242],
    [2026, 244],
    [2027, 245],
  ])('has in %d the %d sessions of the exchange', (year, count) => {
    expect(sessionsIn(krx, year)).toBe(count)
  })

  it('has the 545 sessions that the KOSPI index printed from 2024-01-02 to 2026-03-31', () => {
    expect(krx.between(day('2024-01-02'), day('2026-03-31'))).toHaveLength(545)
    expect(krx.isSession(day('2025-09-19'))).toBe(true)
  })

  it('goes around the long holiday of 2025', () => {
    expect(krx.next(day('2025-10-02'))).toBe(day('2025-10-10'))
    expect(krx.previous(day('2025-10-10'))).toBe(day('2025-10-02'))
    expect(krx.next(day('2025-10-05'))).toBe(day('2025-10-10'))
    expect(krx.previous(day('2025-10-05'))).toBe(day('2025-10-02'))
    expect(dates(krx.between(day('2025-10-01'), day('2025-10-13')))).toEqual([
      '2025-10-01',
      '2025-10-02',
      '2025-10-10',
      '2025-10-13',
    ])
  })

  it('counts sessions by ordinals', () => {
    expect(krx.ordinal(krx.first)).toBe(0)
    expect(krx.ordinal(day('2015-01-02'))).toBe(1)
    expect(krx.ordinal(day('2025-10-10')) - krx.ordinal(day('2025-10-02'))).toBe(1)
    expect(krx.ordinal(day('2025-10-05'))).toBe(krx.ordinal(day('2025-10-02')))
  })

  it('shifts by sessions, also from a day without one', () => {
    expect(krx.shift(day('2024-12-27'), 2)).toBe(day('2025-01-02'))
    expect(krx.shift(day('2025-01-02'), -2)).toBe(day('2024-12-27'))
    expect(krx.shift(day('2025-10-05'), 1)).toBe(day('2025-10-10'))
    expect(krx.shift(day('2025-10-05'), -1)).toBe(day('2025-10-02'))
    expect(krx.shift(day('2025-10-02'), 0)).toBe(day('2025-10-02'))
  })

  it('gives nothing between days in reverse', () => {
    expect(krx.between(day('2025-10-02'), day('2025-10-01'))).toEqual([])
  })

  it('is one value', () => {
    expect(krxCalendar()).toBe(krx)
    expect(Object.isFrozen(krx)).toBe(true)
  })

  it('says that it does not know a day outside', () => {
    const before = day('2014-12-31')
    const after = day('2028-01-03')
    const unknown = expect.objectContaining({ code: 'E_SESSION_NONE' })
    for (const outside of [before, after, 1e9]) {
      expect(() => krx.isSession(outside)).toThrow(unknown)
      expect(() => krx.next(outside)).toThrow(unknown)
      expect(() => krx.previous(outside)).toThrow(unknown)
      expect(() => krx.ordinal(outside)).toThrow(unknown)
      expect(() => krx.shift(outside, 1)).toThrow(unknown)
      expect(() => krx.between(krx.first, outside)).toThrow(unknown)
      expect(() => krx.between(outside, krx.last)).toThrow(unknown)
    }
    expect(() => krx.isSession(after)).toThrow(
      'day must be within the calendar, 2015-01-01 to 2027-12-31; found "2028-01-03"',
    )
  })

  it('says that it ends', () => {
    const ends = expect.objectContaining({ code: 'E_SESSION_NONE' })
    expect(() => krx.next(day('2027-12-30'))).toThrow(ends)
    expect(() => krx.previous(day('2015-01-02'))).toThrow(ends)
    expect(() => krx.shift(day('2027-12-29'), 2)).toThrow(
      'the calendar, 2015-01-01 to 2027-12-31, must reach 2 sessions from 2027-12-29; found its end',
    )
  })

  it('refuses a shift by 0 from a day without a session, and fractions', () => {
    expect(() => krx.shift(day('2025-10-05'), 0)).toThrow(
      expect.objectContaining({ code: 'E_SESSION_NONE' }),
    )
    expect(() => krx.shift(day('2025-10-02'), 0.5)).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
    expect(() => krx.isSession(20_000.5)).toThrow(
      expect.objectContaining({
        code: 'E_PARAM_RANGE',
        message: 'day must be an integer; found "20000.5"',
      }),
    )
  })
})

describe('every calendar', () => {
  const anyCalendar = fc.oneof(
    fc.constant(krx),
    fc
      .uniqueArray(fc.integer({ min: 19_000, max: 19_060 }), { minLength: 3 })
      .map((days) => calendarFromSessions(days)),
    fc
      .uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 3 })
      .map((days) => calendarFromSessions(days, { extend: false })),
  )
  const calendarAndDays = anyCalendar.chain((calendar) => {
    const sessions = calendar.between(calendar.first, calendar.last)
    const inside = fc.integer({ min: 1, max: sessions.length - 2 })
    return fc.record({
      calendar: fc.constant(calendar),
      sessions: fc.constant(sessions),
      i: inside,
      j: fc.integer({ min: 0, max: sessions.length - 1 }),
      anyDay: fc.integer({ min: calendar.first, max: calendar.last }),
    })
  })

  it('steps, counts and shifts consistently', () => {
    fc.assert(
      fc.property(calendarAndDays, ({ calendar, sessions, i, j, anyDay }) => {
        const session = sessions[i] as number
        const other = sessions[j] as number
        expect(calendar.isSession(session)).toBe(true)
        expect(calendar.next(session)).toBe(sessions[i + 1])
        expect(calendar.previous(session)).toBe(sessions[i - 1])
        expect(calendar.ordinal(other) - calendar.ordinal(session)).toBe(j - i)
        expect(calendar.shift(session, j - i)).toBe(other)
        expect(calendar.between(session, other)).toEqual(sessions.slice(i, j + 1))
        expect(calendar.isSession(anyDay)).toBe(sessions.includes(anyDay))
        const upTo = calendar.between(calendar.first, anyDay)
        expect(calendar.ordinal(anyDay)).toBe(upTo.length)
      }),
    )
  })
})

describe('calendarFromSessions', () => {
  it('believes the observed days within their range and the table outside', () => {
    // The market closed unexpectedly on 2026-02-11 and met on the holiday of 2026-02-16.
    const observed = ['2026-02-16', '2026-02-10', '2026-02-12', '2026-02-13', '2026-02-10'].map(day)
    const calendar = calendarFromSessions(observed)
    expect(calendar.isSession(day('2026-02-11'))).toBe(false)
    expect(calendar.next(day('2026-02-10'))).toBe(day('2026-02-12'))
    expect(calendar.isSession(day('2026-02-16'))).toBe(true)
    expect(calendar.next(day('2026-02-16'))).toBe(day('2026-02-19'))
    expect(calendar.previous(day('2026-02-10'))).toBe(day('2026-02-09'))
    expect([calendar.first, calendar.last]).toEqual([krx.first, krx.last])
    expect(calendar.ordinal(day('2026-02-19')) - calendar.ordinal(day('2026-02-09'))).toBe(5)
  })

  it('agrees with the table when it observes what the table says', () => {
    const observed = krx.between(day('2024-01-02'), day('2026-03-31'))
    const calendar = calendarFromSessions(observed)
    expect(calendar.between(krx.first, krx.last)).toEqual(krx.between(krx.first, krx.last))
  })

  it('reaches back to observed days before the table', () => {
    const calendar = calendarFromSessions([day('2014-12-29'), day('2014-12-30'), day('2015-01-02')])
    expect(calendar.first).toBe(day('2014-12-29'))
    expect(calendar.isSession(day('2014-12-31'))).toBe(false)
    expect(calendar.shift(day('2014-12-30'), 2)).toBe(day('2015-01-05'))
    const forward = calendarFromSessions([day('2028-01-03'), day('2027-12-30')])
    expect(forward.next(day('2027-12-30'))).toBe(day('2028-01-03'))
  })

  it('knows the observed range alone when it is not extended', () => {
    const calendar = calendarFromSessions([10, 12, 15], { extend: false })
    expect(calendar.between(10, 15)).toEqual([10, 12, 15])
    expect(() => calendar.isSession(16)).toThrow(
      expect.objectContaining({ code: 'E_SESSION_NONE' }),
    )
  })

  it('is the table when nothing was observed', () => {
    expect(calendarFromSessions([])).toBe(krx)
    expect(() => calendarFromSessions([], { extend: false })).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })

  it('refuses days that leave a gap to the table, and days that are none', () => {
    const refused = expect.objectContaining({ code: 'E_PARAM_RANGE' })
    expect(() => calendarFromSessions([day('2012-01-02')])).toThrow(refused)
    expect(() => calendarFromSessions([day('2028-01-02')])).toThrow(refused)
    expect(() => calendarFromSessions([0.5])).toThrow(
      expect.objectContaining({ code: 'E_DATE_INVALID' }),
    )
  })
})
