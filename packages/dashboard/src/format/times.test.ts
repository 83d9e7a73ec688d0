import { describe, expect, it } from 'vitest'
import { formatAge, formatClock, formatDuration, formatInstant, formatMinute } from './times.js'

const CLOSE = '2026-02-10T06:30:05.000Z'

describe('times', () => {
  it('tells Korean clock time wherever the reader is', () => {
    expect(formatClock(CLOSE)).toBe('15:30:05')
    expect(formatMinute(Date.parse(CLOSE))).toBe('15:30')
    expect(formatInstant('2026-02-09T18:00:00.000Z')).toBe('2026-02-10 03:00')
  })

  it.each([
    [999, '0초', '0 s'],
    [59_999, '59초', '59 s'],
    [60_000, '1분', '1 min'],
    [3_599_999, '59분', '59 min'],
    [3_600_000, '1시간', '1 h'],
    [86_400_000 * 2, '2일', '2 d'],
    [-5, '0초', '0 s'],
  ])('says %d ms as %s and as %s', (ms, korean, english) => {
    expect(formatDuration(ms, 'ko')).toBe(korean)
    expect(formatDuration(ms, 'en')).toBe(english)
  })

  it('says how long ago something was', () => {
    expect(formatAge(3000, 'ko')).toBe('3초 전')
    expect(formatAge(3000, 'en')).toBe('3 s ago')
  })

  it('does not tell a time that is not known', () => {
    expect([formatClock(null), formatInstant('soon'), formatAge(null, 'ko')]).toEqual([
      '–',
      '–',
      '–',
    ])
  })
})
