import { manualClock } from '@ralph-stock/adapters-kiwoom/simulator'
import {
  epochMsOfKst,
  fromDayNumber,
  krxCalendar,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { afterEach, describe, expect, it } from 'vitest'
import { idOf, nextTime, type Schedule, type ScheduleEntry, startSchedule } from './schedule.js'

const calendar = krxCalendar()
const AFTER_CLOSE: ScheduleEntry = {
  job: 'after-close',
  cron: '40 15 * * *',
  anchor: 'close',
  catchUp: true,
}
const LIST: ScheduleEntry = { job: 'sync-list', cron: '0 8 * * *', anchor: 'open', catchUp: false }
const at = (date: string, time: string): number => epochMsOfKst(tradeDate(date), time)

describe('the next time of an entry', () => {
  it.each([
    ['the same day', '2026-04-01', '09:00', '2026-04-01', '15:40'],
    ['the next session after a weekend', '2026-04-03', '15:40', '2026-04-06', '15:40'],
    ['past a holiday', '2026-04-30', '16:00', '2026-05-04', '15:40'],
    ['an hour later on an exam day', '2026-11-18', '16:00', '2026-11-19', '16:40'],
    ['still on an exam day past its usual time', '2026-11-19', '15:50', '2026-11-19', '16:40'],
  ])('is %s', (_, date, time, nextDate, nextAt) => {
    expect(nextTime(AFTER_CLOSE, at(date, time), calendar)).toBe(at(nextDate, nextAt))
  })

  it("moves with a late opening on the year's first session", () => {
    expect(nextTime(LIST, at('2026-01-02', '00:00'), calendar)).toBe(at('2026-01-02', '09:00'))
  })

  it('is null where the calendar ends', () => {
    const last = fromDayNumber(calendar.last)
    expect(nextTime(AFTER_CLOSE, at(last, '23:59'), calendar)).toBeNull()
  })
})

describe('a schedule', () => {
  let running: Schedule | undefined
  afterEach(() => running?.stop())

  const run = (from: number, entries: readonly ScheduleEntry[], failures = 0) => {
    const clock = manualClock(from)
    const started: Array<readonly [id: string, at: string]> = []
    const ids = new Set<string>()
    let left = failures
    const schedule = startSchedule({
      entries,
      clock,
      calendar,
      jobs: {
        start: async (name, payload, id = name) => {
          if (left-- > 0) throw new Error('the store is gone')
          if (ids.has(id)) return { job: { id } as never, started: false }
          ids.add(id)
          started.push([id, new Date(clock.now()).toISOString()])
          expect(payload).toEqual({ date: id.slice(-10) })
          return { job: { id } as never, started: true }
        },
      },
    })
    running = schedule
    return { clock, started, schedule }
  }

  it('starts each job once in each session, at its time', async () => {
    const { clock, started } = run(at('2026-04-02', '07:00'), [LIST, AFTER_CLOSE])
    await clock.advance(5 * 86_400_000)
    expect(started).toEqual([
      ['sync-list.2026-04-02', '2026-04-01T23:00:00.000Z'],
      ['after-close.2026-04-02', '2026-04-02T06:40:00.000Z'],
      ['sync-list.2026-04-03', '2026-04-02T23:00:00.000Z'],
      ['after-close.2026-04-03', '2026-04-03T06:40:00.000Z'],
      ['sync-list.2026-04-06', '2026-04-05T23:00:00.000Z'],
      ['after-close.2026-04-06', '2026-04-06T06:40:00.000Z'],
    ])
  })

  it('makes up for what the same day has missed, where the entry says so', async () => {
    const { clock, started, schedule } = run(at('2026-04-02', '20:00'), [LIST, AFTER_CLOSE])
    await clock.advance(1000)
    expect(started.map(([id]) => id)).toEqual(['after-close.2026-04-02'])
    expect([...schedule.next().values()]).toEqual([
      at('2026-04-03', '08:00'),
      at('2026-04-03', '15:40'),
    ])
  })

  it('makes up for nothing on a day without a session', async () => {
    const { clock, started } = run(at('2026-04-04', '20:00'), [AFTER_CLOSE])
    await clock.advance(1000)
    expect(started).toEqual([])
  })

  it('tries again while a job cannot be started', async () => {
    const { clock, started } = run(at('2026-04-02', '15:39'), [AFTER_CLOSE], 3)
    await clock.advance(120_000)
    expect(started).toEqual([['after-close.2026-04-02', '2026-04-02T06:40:30.000Z']])
  })

  it('starts nothing once stopped', async () => {
    const { clock, started, schedule } = run(at('2026-04-02', '07:00'), [LIST])
    schedule.stop()
    await clock.advance(2 * 86_400_000)
    expect(started).toEqual([])
  })
})

describe('ids of scheduled jobs', () => {
  it('tell entries of one job and day apart', () => {
    const date: TradeDate = tradeDate('2026-04-02')
    expect(idOf(AFTER_CLOSE, date)).toBe('after-close.2026-04-02')
    expect(idOf({ ...AFTER_CLOSE, label: 'final' }, date)).toBe('after-close.final.2026-04-02')
  })
})
