import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followedClock, type ToldTime } from './followed-clock.js'

beforeEach(() => {
  vi.useFakeTimers({ now: 1000 })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a clock that follows another', () => {
  it('runs as fast as the other says, and its timers with it', async () => {
    const clock = followedClock({ now: 50_000, speed: 10 }, async () => ({
      now: 50_000 + (Date.now() - 1000) * 10,
      speed: 10,
    }))
    const ran: string[] = []
    clock.after(3000, () => ran.push('later'))
    clock.after(2000, () => ran.push('sooner'))
    clock.after(2500, () => ran.push('never')).stop()
    await vi.advanceTimersByTimeAsync(199)
    expect([clock.now(), ran]).toEqual([51_990, []])
    await vi.advanceTimersByTimeAsync(101)
    expect([clock.now(), ran]).toEqual([53_000, ['sooner', 'later']])
  })

  it('waits for one that lags, and never goes back', async () => {
    let other: ToldTime = { now: 0, speed: 10 }
    const clock = followedClock({ now: 1, speed: 10 }, async () => other)
    other = { now: 4000, speed: 10 }
    await vi.advanceTimersByTimeAsync(999)
    expect(clock.now()).toBe(9991)
    await vi.advanceTimersByTimeAsync(501)
    expect(clock.now()).toBe(9991)
    await vi.advanceTimersByTimeAsync(200)
    expect(clock.now()).toBe(11_000)
  })

  it('moves with one that is moved, and stands when nobody answers', async () => {
    let other: ToldTime | null = { now: 100, speed: 0 }
    const clock = followedClock({ now: 100, speed: 0 }, async () => {
      if (other === null) throw new Error('gone')
      return other
    })
    let ran = 0
    clock.after(400, () => {
      ran++
    })
    await vi.advanceTimersByTimeAsync(5000)
    expect([clock.now(), ran]).toEqual([100, 0])
    other = { now: 700, speed: 0 }
    await vi.advanceTimersByTimeAsync(40)
    expect([clock.now(), ran]).toEqual([700, 1])
    other = null
    await vi.advanceTimersByTimeAsync(5000)
    expect(clock.now()).toBe(700)
  })
})
