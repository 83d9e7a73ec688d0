import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { createRefusals } from './refusals.js'
import { createRedactor, Secret } from './secret.js'
import { readKiwoomSettings } from './settings.js'
import { itemOf, readIndustry, readItem } from './venue.js'

const KEYS = { KIWOOM_APP_KEY: 'visible-app-key', KIWOOM_SECRET_KEY: 'visible-secret' }

describe('settings', () => {
  it('knows the hosts of each environment', () => {
    expect(readKiwoomSettings(KEYS).restUrl).toBe('https://mockapi.kiwoom.com')
    const live = readKiwoomSettings({ ...KEYS, KIWOOM_ENV: 'live' })
    expect(live.socketUrl).toBe('wss://api.kiwoom.com:10000/api/dostk/websocket')
    expect(readKiwoomSettings({ KIWOOM_ENV: 'simulator' }).restUrl).toBe('http://127.0.0.1:5116')
    const other = readKiwoomSettings({ ...KEYS, KIWOOM_REST_URL: 'http://127.0.0.1:9/' })
    expect(other.restUrl).toBe('http://127.0.0.1:9')
  })

  it('says what is wrong, without a key in it', () => {
    const wrong = [
      {},
      { KIWOOM_APP_KEY: 'visible-app-key' },
      { ...KEYS, KIWOOM_ENV: 'paper' },
      { ...KEYS, KIWOOM_REST_URL: 'ftp://x' },
      { ...KEYS, KIWOOM_REST_URL: 'https://user:visible-secret@host' },
      { ...KEYS, KIWOOM_SOCKET_URL: 'nowhere' },
    ]
    for (const env of wrong) {
      expect(() => readKiwoomSettings(env)).toThrow(
        expect.objectContaining({ code: 'E_BROKER_SETTINGS' }),
      )
      try {
        readKiwoomSettings(env)
      } catch (error) {
        expect(inspect(error, { depth: 9 })).not.toContain('visible-secret')
      }
    }
  })

  it('hides a secret from printing', () => {
    const secret = new Secret('visible')
    const shown = `${secret} ${JSON.stringify({ secret })} ${inspect(secret)} ${String(secret)}`
    expect(shown).not.toContain('visible')
    expect(secret.reveal()).toBe('visible')
  })

  it('takes secrets and accounts out of texts, and forgets old tokens only', () => {
    const redactor = createRedactor()
    redactor.add('the-app-key', 'key')
    for (let i = 0; i < 40; i++) redactor.add(`token-number-${i}!`, 'token')
    redactor.add('abc', 'key')
    const clean = redactor.redact(
      'the-app-key token-number-39! Bearer abcdef account 12345678-01 1234567890 abc',
    )
    expect(clean).toBe('[hidden] [hidden] Bearer [hidden] account [hidden] [hidden] abc')
  })
})

describe('codes', () => {
  it('writes and reads the venue of a code', () => {
    expect(itemOf('005930', 'unified')).toBe('005930_AL')
    expect(readItem('0156T0_NX')).toEqual({ ticker: '0156T0', venue: 'NXT' })
    expect(readItem('A005930')).toEqual({ ticker: '005930', venue: 'KRX' })
    expect(readItem('Q610039')).toEqual({ ticker: '610039', venue: 'KRX' })
    expect(readIndustry('001_AL')).toEqual({ code: '001', venue: 'unified' })
    for (const text of ['', '00593', '005930_XX', '005930a', 'B005930']) {
      expect(readItem(text), text).toBeNull()
    }
    expect(readIndustry('KOSPI')).toBeNull()
    expect(() => itemOf('5930', 'KRX')).toThrow(expect.objectContaining({ code: 'E_PARAM_RANGE' }))
  })
})

describe('refusals', () => {
  it('bounds the reasons and loses no count', () => {
    const refusals = createRefusals()
    for (let i = 0; i < 2000; i++) refusals.add(`reason ${i}`)
    refusals.add('reason 1', 3)
    const counts = refusals.counts()
    expect(Object.keys(counts).length).toBe(501)
    expect(counts['reason 1']).toBe(4)
    expect(Object.values(counts).reduce((a, b) => a + b, 0)).toBe(refusals.total())
  })
})
