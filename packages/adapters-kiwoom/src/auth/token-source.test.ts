import { describe, expect, it } from 'vitest'
import { manualClock } from '../simulator/manual-clock.js'
import { createTokenSource } from './token-source.js'

const HOUR = 3_600_000

describe('the token source', () => {
  it('asks once for all who wait, and again before the end', async () => {
    const clock = manualClock(0)
    let asked = 0
    const source = createTokenSource({
      clock,
      issue: async () => {
        asked++
        return { token: `token-${asked}`, expiresAt: clock.now() + HOUR }
      },
    })
    expect(source.held()).toBeNull()
    const tokens = await Promise.all(Array.from({ length: 50 }, () => source.get()))
    expect(new Set(tokens.map((token) => token.reveal()))).toEqual(new Set(['token-1']))
    await clock.advance(HOUR - 600_001)
    expect((await source.get()).reveal()).toBe('token-1')
    await clock.advance(2)
    expect((await source.get()).reveal()).toBe('token-2')
    expect(asked).toBe(2)
  })

  it('asks again after a refusal, once, and refuses the same token come back', async () => {
    const clock = manualClock(0)
    let token = 'first'
    const source = createTokenSource({
      clock,
      issue: async () => ({ token, expiresAt: clock.now() + HOUR }),
    })
    const held = await source.get()
    source.reject(held, '8005')
    await expect(source.get()).rejects.toMatchObject({ code: 'E_BROKER_TOKEN' })
    token = 'second'
    expect((await source.get()).reveal()).toBe('second')
    // A refusal of an older token does not concern the new one.
    source.reject(held, '8005')
    expect(source.held()?.reveal()).toBe('second')
  })

  it('uses a token without a long life for half of it, and none that is over', async () => {
    const clock = manualClock(0)
    let asked = 0
    let ends = 300_000
    const source = createTokenSource({
      clock,
      issue: async () => {
        asked++
        return { token: `t${asked}`, expiresAt: ends }
      },
    })
    await source.get()
    await clock.advance(149_000)
    await source.get()
    expect(asked).toBe(1)
    await clock.advance(2000)
    await source.get()
    expect(asked).toBe(2)
    ends = 10
    await clock.advance(HOUR)
    await expect(source.get()).rejects.toMatchObject({ code: 'E_BROKER_TOKEN' })
  })

  it('passes on why none was issued, and tries again for the next caller', async () => {
    let fails = true
    const source = createTokenSource({
      clock: manualClock(0),
      issue: async () => {
        if (fails) throw new Error('no')
        return { token: 'late', expiresAt: HOUR }
      },
    })
    await expect(source.get()).rejects.toThrow('no')
    fails = false
    expect((await source.get()).reveal()).toBe('late')
  })
})
