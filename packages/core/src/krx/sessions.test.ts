import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarFromSessions, krxCalendar } from './calendar.js'
import { CSAT_DAYS, SESSION_HOURS, type Venue } from './session-hours.js'
import { closeTime, openTime, sessionPhase, sessionSchedule } from './sessions.js'
import { dayNumber, epochMsOfKst, tradeDate } from './trade-date.js'

const krx = krxCalendar()
const kst = (text: string, time: string): number => epochMsOfKst(tradeDate(text), time)
const phase = (text: string, time: string, venue?: Venue): string =>
  sessionPhase(kst(text, time), krx, venue)

describe('sessionPhase', () => {
  it.each([
    ['00:00', 'closed'],
    ['08:29:59', 'closed'],
    ['08:30', 'opening-auction'],
    ['08:59:59', 'opening-auction'],
    ['09:00', 'regular'],
    ['15:19:59', 'regular'],
    ['15:20', 'closing-auction'],
    ['15:29:59', 'closing-auction'],
    ['15:30', 'closed'],
    ['15:40', 'after-hours-close'],
    ['16:00', 'after-hours-single-price'],
    ['17:59:59', 'after-hours-single-price'],
    ['18:00', 'closed'],
    ['23:59:59', 'closed'],
  ])('at %s on a normal day is %s', (time, expected) => {
    expect(phase('2026-02-10', time)).toBe(expected)
  })

  it.each([
    ['07:59:59', 'closed'],
    ['08:00', 'pre-market'],
    ['08:50', 'closed'],
    ['09:00', 'closed'],
    ['09:00:30', 'main'],
    ['15:20', 'closed'],
    ['15:30', 'after-market'],
    ['19:59:59', 'after-market'],
    ['20:00', 'closed'],
  ])('at %s on Nextrade is %s', (time, expected) => {
    expect(phase('2026-02-10', time, 'NXT')).toBe(expected)
  })

  it('follows the timetable of its date', () => {
    expect(phase('2016-07-29', '14:55')).toBe('closing-auction')
    expect(phase('2016-07-29', '15:10')).toBe('after-hours-close')
    expect(phase('2016-08-01', '15:10')).toBe('regular')
    expect(phase('2019-04-26', '08:10')).toBe('opening-auction')
    expect(phase('2019-04-29', '08:10')).toBe('closed')
    expect(phase('2025-02-28', '10:00', 'NXT')).toBe('closed')
    expect(phase('2025-03-04', '10:00', 'NXT')).toBe('main')
  })

  it('is closed on weekends and holidays', () => {
    expect(phase('2026-02-14', '10:00')).toBe('closed')
    expect(phase('2026-02-16', '10:00')).toBe('closed')
    expect(phase('2026-02-16', '10:00', 'NXT')).toBe('closed')
  })

  it('opens an hour later on the first session of a year and closes as ever', () => {
    expect(phase('2026-01-02', '09:15')).toBe('closed')
    expect(phase('2026-01-02', '09:30')).toBe('opening-auction')
    expect(phase('2026-01-02', '10:00')).toBe('regular')
    expect(phase('2026-01-02', '15:25')).toBe('closing-auction')
    expect(phase('2026-01-02', '08:30', 'NXT')).toBe('closed')
    expect(phase('2026-01-02', '10:00:29', 'NXT')).toBe('closed')
    expect(phase('2026-01-02', '10:00:30', 'NXT')).toBe('main')
    expect(phase('2026-01-02', '15:20', 'NXT')).toBe('closed')
    expect(phase('2026-01-05', '09:15')).toBe('regular')
    expect(phase('2025-01-03', '09:15')).toBe('regular')
    expect(phase('2021-01-04', '09:15')).toBe('closed')
    expect(phase('2021-01-05', '09:15')).toBe('regular')
  })

  it('runs an hour later on the day of the college entrance exam', () => {
    expect(phase('2025-11-13', '09:29')).toBe('closed')
    expect(phase('2025-11-13', '09:45')).toBe('opening-auction')
    expect(phase('2025-11-13', '15:30')).toBe('regular')
    expect(phase('2025-11-13', '16:25')).toBe('closing-auction')
    expect(phase('2025-11-13', '16:40')).toBe('after-hours-close')
    expect(phase('2025-11-13', '17:30')).toBe('after-hours-single-price')
    expect(phase('2025-11-13', '18:00')).toBe('closed')
    expect(phase('2025-11-13', '08:30', 'NXT')).toBe('closed')
    expect(phase('2025-11-13', '16:10', 'NXT')).toBe('main')
    expect(phase('2025-11-13', '16:25', 'NXT')).toBe('closed')
    expect(phase('2025-11-13', '19:59', 'NXT')).toBe('after-market')
  })

  it('says that the calendar does not know the day', () => {
    expect(() => phase('2028-02-01', '10:00')).toThrow(
      expect.objectContaining({ code: 'E_SESSION_NONE' }),
    )
  })
})

describe('sessionSchedule', () => {
  it('lists phases that follow one another, each on its day', () => {
    const sessions = krx.between(krx.first, krx.last).length
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: sessions }),
        fc.constantFrom<Venue>('KRX', 'NXT'),
        (count, venue) => {
          const day = krx.shift(krx.first, count)
          const date = tradeDate(new Date(day * 86_400_000).toISOString().slice(0, 10))
          const schedule = sessionSchedule(date, krx, venue)
          let end = epochMsOfKst(date, '00:00')
          for (const { startTime, endTime, phase: name } of schedule) {
            expect(startTime).toBeGreaterThanOrEqual(end)
            expect(endTime).toBeGreaterThan(startTime)
            expect(sessionPhase(startTime, krx, venue)).toBe(name)
            expect(sessionPhase(endTime - 1, krx, venue)).toBe(name)
            end = endTime
          }
          expect(end).toBeLessThanOrEqual(epochMsOfKst(date, '20:00'))
          if (venue === 'KRX') {
            expect(openTime(date, krx)).toBe(
              schedule.find((entry) => entry.phase === 'regular')?.startTime,
            )
            expect(closeTime(date)).toBe(
              schedule.find((entry) => entry.phase === 'closing-auction')?.endTime,
            )
          }
        },
      ),
    )
  })

  it('is empty when no session is held', () => {
    expect(sessionSchedule(tradeDate('2026-02-16'), krx)).toEqual([])
  })

  it('takes the first known session for the first of a year that the calendar begins in', () => {
    const days = ['2026-01-02', '2026-01-05'].map((text) => dayNumber(tradeDate(text)))
    const calendar = calendarFromSessions(days, { extend: false })
    expect(sessionPhase(kst('2026-01-02', '09:15'), calendar)).toBe('closed')
  })
})

describe('openTime and closeTime', () => {
  it('are the regular hours of the exchange', () => {
    const date = tradeDate('2026-02-10')
    expect(openTime(date, krx)).toBe(kst('2026-02-10', '09:00'))
    expect(closeTime(date)).toBe(kst('2026-02-10', '15:30'))
  })

  it('follow the date', () => {
    expect(closeTime(tradeDate('2016-07-29'))).toBe(kst('2016-07-29', '15:00'))
    expect(closeTime(tradeDate('2026-11-19'))).toBe(kst('2026-11-19', '16:30'))
    expect(closeTime(tradeDate('2026-01-02'))).toBe(kst('2026-01-02', '15:30'))
    expect(openTime(tradeDate('2026-01-02'), krx)).toBe(kst('2026-01-02', '10:00'))
    expect(openTime(tradeDate('2026-11-19'), krx)).toBe(kst('2026-11-19', '10:00'))
  })

  it('are not known before the timetables', () => {
    expect(() => closeTime(tradeDate('2014-12-30'))).toThrow(
      expect.objectContaining({ code: 'E_PARAM_RANGE' }),
    )
  })
})

describe('the tables', () => {
  it('are in order of their first days, each with the phases that its venue needs', () => {
    for (const venue of ['KRX', 'NXT'] as const) {
      const rows = SESSION_HOURS.filter((row) => row.venue === venue)
      const days = rows.map((row) => row.from)
      expect(days).toEqual([...days].sort())
      for (const { phases } of rows) {
        const names = phases.map((entry) => entry.phase)
        const needed = venue === 'KRX' ? ['regular', 'closing-auction'] : ['main']
        expect(names).toEqual(expect.arrayContaining(needed))
      }
    }
  })

  it('hold exam days that are sessions', () => {
    expect(CSAT_DAYS.filter((text) => !krx.isSession(dayNumber(tradeDate(text))))).toEqual([])
  })
})
