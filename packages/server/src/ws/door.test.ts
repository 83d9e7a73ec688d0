import { describe, expect, it } from 'vitest'
import { chooseProtocol, keyOf } from './key.js'
import { limitsOf } from './limits.js'
import { isLoopback, originAllowed } from './origin.js'
import { createTokenBucket } from './token-bucket.js'

const origins = new Set(['http://127.0.0.1:5111', 'https://stocks.example'])

describe('the origin of a page', () => {
  it('must be in the list, letter for letter', () => {
    const from = (origin: string): boolean =>
      originAllowed({ origin, address: '127.0.0.1', hasKey: true }, origins, 'loopback-or-key')
    expect(from('https://stocks.example')).toBe(true)
    for (const origin of [
      'http://stocks.example',
      'https://stocks.example:8443',
      'https://STOCKS.example',
      'https://stocks.example/',
      'https://a.stocks.example',
      'http://10.0.0.1',
      'null',
      '',
    ]) {
      expect(from(origin), origin).toBe(false)
    }
  })

  it('may be missing where programs on this machine, or with a key, are taken', () => {
    const from = (address: string, hasKey: boolean) =>
      (['refuse', 'loopback', 'loopback-or-key'] as const).map((missing) =>
        originAllowed({ origin: undefined, address, hasKey }, origins, missing),
      )
    expect(from('127.0.0.1', false)).toEqual([false, true, true])
    expect(from('192.168.0.9', false)).toEqual([false, false, false])
    expect(from('192.168.0.9', true)).toEqual([false, false, true])
  })

  it('is of this machine by its own address alone', () => {
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) {
      expect(isLoopback(address), address).toBe(true)
    }
    for (const address of ['', '128.0.0.1', '127.0.0.1.example', '::2', '::ffff:10.0.0.1']) {
      expect(isLoopback(address), address).toBe(false)
    }
  })
})

describe('a key', () => {
  it('is read from the header, the protocol or the address, in this order', () => {
    const protocol = { 'sec-websocket-protocol': 'ralph-stock, key.b' }
    expect(keyOf({ authorization: 'Bearer a', ...protocol }, '/ws?key=c')).toBe('a')
    expect(keyOf(protocol, '/ws?key=c')).toBe('b')
    expect(keyOf({}, '/ws?subscribe=signals&key=c%2Bd')).toBe('c+d')
    for (const headers of [
      {},
      { authorization: 'Basic x' },
      { 'sec-websocket-protocol': 'key.' },
    ]) {
      expect(keyOf(headers, '/ws?key=')).toBe(null)
    }
  })

  it('is never what the protocol is answered with', () => {
    expect(chooseProtocol(new Set(['key.secret', 'ralph-stock']))).toBe('ralph-stock')
    expect(chooseProtocol(new Set(['key.secret']))).toBe(false)
  })
})

describe('limits', () => {
  it('are above 0, and leave room to come back', () => {
    expect(limitsOf({ clients: 7 })).toMatchObject({ clients: 7, topicsPerClient: 500 })
    expect(() => limitsOf({ flushMs: 0 })).toThrow('flushMs must be above 0; found "0"')
    expect(() => limitsOf({ messages: { burst: Number.NaN, perSecond: 1 } })).toThrow('burst')
    expect(() => limitsOf({ eventLag: 10, eventsKept: 10 })).toThrow('eventsKept must be above')
  })

  it('of messages allow a burst, then a rate, whatever the clock does', () => {
    let now = 1000
    const bucket = createTokenBucket({ burst: 3, perSecond: 2 }, () => now)
    const spent = (times: number): number =>
      Array.from({ length: times }, () => bucket.spend(1)).filter(Boolean).length
    expect(spent(5)).toBe(3)
    now += 1000
    expect(spent(5)).toBe(2)
    now -= 60_000
    expect(spent(5)).toBe(0)
    now += 500
    expect(spent(5)).toBe(1)
    now += 3_600_000
    expect(bucket.spend(4)).toBe(false)
    expect(spent(5)).toBe(3)
  })
})
