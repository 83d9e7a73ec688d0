import { epochMsOfKst, tradeDate } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import {
  instantOf,
  readDay,
  readInstant,
  readSecond,
  secondOfDay,
  writeDay,
  writeInstant,
} from './times.js'

describe('times of the broker', () => {
  it('reads days, times and instants in Korean time', () => {
    const at = epochMsOfKst(tradeDate('2026-03-31'), '15:30:05')
    expect(readInstant('20260331153005')).toBe(at)
    expect(writeInstant(at)).toBe('20260331153005')
    expect(secondOfDay(at)).toBe(55_805)
    const day = readDay('20260331')
    expect(day).not.toBeNull()
    expect(writeDay(day ?? 0)).toBe('20260331')
    expect(instantOf(day ?? 0, 55_805)).toBe(at)
  })

  it('refuses what is none', () => {
    for (const text of ['', '2026033', '20260231', '2026-3-1', 'yyyymmdd']) {
      expect(readDay(text), text).toBeNull()
    }
    for (const text of ['', '999999', '888888', '240000', '096000', '0900', '09000a']) {
      expect(readSecond(text), text).toBeNull()
    }
    expect(readInstant('20260231000000')).toBeNull()
  })
})
