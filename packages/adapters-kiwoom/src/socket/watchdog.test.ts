import { epochMsOfKst, krxCalendar, tradeDate } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { judgeSilence, type Signs } from './watchdog.js'

const at = (time: string, date = '2026-03-31'): number => epochMsOfKst(tradeDate(date), time)
const signs = (now: number, changes: Partial<Signs> = {}): Signs => ({
  now,
  liveSince: now - 3_600_000,
  lastFrameAt: now - 1000,
  lastTradeAt: now - 600_000,
  pingEveryMs: 10_000,
  tradedStocks: 50,
  ...changes,
})
const judge = (given: Signs, venue: 'KRX' | 'NXT' | 'unified' = 'KRX') =>
  judgeSilence(given, venue, krxCalendar())

describe('the watchdog', () => {
  it('calls no trades in the session silence, and out of it a closed market', () => {
    expect(judge(signs(at('11:00')))).toBe('silent')
    expect(judge(signs(at('11:00'), { lastTradeAt: at('10:59:50') }))).toBe('well')
    for (const time of ['08:55', '15:25', '16:30', '03:00']) {
      expect(judge(signs(at(time))), time).toBe('closed')
    }
    expect(judge(signs(at('11:00', '2026-03-29')))).toBe('closed')
    expect(judge(signs(at('11:00', '2099-03-29')))).toBe('closed')
  })

  it('gives a session that just began, and few stocks, more time', () => {
    expect(judge(signs(at('09:00:30')))).toBe('well')
    expect(judge(signs(at('11:00'), { tradedStocks: 3, lastTradeAt: at('10:57') }))).toBe('well')
    expect(judge(signs(at('11:00'), { tradedStocks: 0 }))).toBe('well')
    expect(judge(signs(at('11:00'), { liveSince: at('10:59:30') }))).toBe('well')
  })

  it('misses pings at any hour', () => {
    expect(judge(signs(at('03:00'), { lastFrameAt: at('02:59') }))).toBe('silent')
    expect(judge(signs(at('03:00'), { lastFrameAt: at('02:59'), pingEveryMs: null }))).toBe(
      'closed',
    )
  })

  it('knows the hours of Nextrade', () => {
    expect(judge(signs(at('18:00')), 'NXT')).toBe('silent')
    expect(judge(signs(at('08:30')), 'unified')).toBe('silent')
    expect(judge(signs(at('15:25')), 'NXT')).toBe('closed')
  })
})
