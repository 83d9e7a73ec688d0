import { inspect } from 'node:util'
import { isRalphError, tradeDate } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import type { HttpAnswer, HttpTransport, KiwoomEvent } from '../src/index.js'
import { FAULT_KINDS } from '../src/simulator/index.js'
import { during, pair, settings } from './support.js'

const to = tradeDate('2026-03-31')
const ticker = 'Z00010'

const answer = (body: unknown, headers: Record<string, string> = {}, status = 200): HttpAnswer => ({
  status,
  header: (name) => headers[name] ?? '',
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const issued = { token: 'a-token-of-a-test', expires_dt: '20260402000000', return_code: 0 }

/** A broker that gives the same answer to everything but a wish for a token. */
const always =
  (given: (count: number) => HttpAnswer): HttpTransport =>
  async ({ url }) =>
    url.endsWith('/oauth2/token') ? answer(issued) : given(0)

describe('requests', () => {
  it('pass every fault of the line', async () => {
    for (const kind of FAULT_KINDS.slice(0, 10)) {
      const { clock, simulator, source } = pair({ at: '16:00' })
      await during(clock, source.indexNow('001'))
      simulator.faults.add({ kind, count: 2, api: 'ka10081', ms: 30_000 })
      const bars = await during(clock, source.dailyBars({ ticker, to }))
      if (kind === 'empty-page') expect(bars.length).toBe(0)
      else expect(bars.length, kind).toBe(61)
      expect(simulator.counts().tooMany).toBe(0)
    }
  })

  it('ask for a fresh token when the held one ended or was revoked', async () => {
    const events: KiwoomEvent[] = []
    const { clock, simulator, source } = pair(
      { at: '16:00' },
      { onEvent: (event) => events.push(event) },
    )
    await during(clock, source.indexNow('001'))
    simulator.faults.add({ kind: 'token-revocation' })
    await clock.advance(2000)
    await during(clock, Promise.all([source.indexNow('001'), source.indexNow('101')]))
    expect(events.filter(({ type }) => type === 'token-issued').length).toBe(2)
    await clock.advance(86_400_000)
    await during(clock, source.indexNow('001'))
    expect(events.filter(({ type }) => type === 'token-issued').length).toBe(3)
  })

  it('give up with a code', async () => {
    const cases: ReadonlyArray<readonly [HttpAnswer, string]> = [
      [
        answer({ return_code: 5, return_msg: '많음[1700:유량=2, API ID=x]' }, {}, 429),
        'E_BROKER_RATE_LIMIT',
      ],
      [
        answer({ return_code: 5, return_msg: '많음[1701:총유량=2]' }, {}, 429),
        'E_BROKER_RATE_LIMIT',
      ],
      [answer('<html>', {}, 429), 'E_BROKER_RATE_LIMIT'],
      [answer({ return_code: 3, return_msg: '실패[8005:x]' }), 'E_BROKER_TOKEN'],
      [answer('<html>', {}, 401), 'E_BROKER_TOKEN'],
      [answer({ return_code: '2', return_msg: '오류[8030:x]' }), 'E_BROKER_CREDENTIALS'],
      [answer({ return_code: 7, return_msg: '오류[1903:x]' }), 'E_BROKER_NOT_FOUND'],
      [answer({ return_code: 20, return_msg: '[RC9000: 모의투자]' }), 'E_BROKER_REFUSED'],
      [answer({ return_code: 7, return_msg: '오류[1999:x]' }), 'E_BROKER_UNAVAILABLE'],
      [answer({ return_code: 99 }), 'E_BROKER_PAYLOAD'],
      [answer('', {}, 503), 'E_BROKER_UNAVAILABLE'],
      [answer({}, {}, 500), 'E_BROKER_UNAVAILABLE'],
      [answer('[]'), 'E_BROKER_PAYLOAD'],
      [answer({ return_code: 0 }), 'E_BROKER_PAYLOAD'],
      [
        answer({ return_code: 0, stk_dt_pole_chart_qry: [], stk_cd: `${ticker}_AL` }),
        'E_BROKER_PAYLOAD',
      ],
    ]
    for (const [given, code] of cases) {
      const { clock, source } = pair({}, { transport: always(() => given) })
      await expect(
        during(clock, source.dailyBars({ ticker, to })),
        inspect(given.body),
      ).rejects.toMatchObject({ code })
    }
  })

  it('stop where pages run in a circle, and at an empty page that promises more', async () => {
    const row = {
      dt: '20260330',
      cur_prc: '1',
      open_pric: '1',
      high_pric: '1',
      low_pric: '1',
      trde_qty: '1',
      trde_prica: '1',
    }
    const more = { 'cont-yn': 'Y', 'next-key': 'same' }
    const circle = always(() => answer({ return_code: 0, stk_dt_pole_chart_qry: [row] }, more))
    const first = pair({}, { transport: circle })
    await expect(during(first.clock, first.source.dailyBars({ ticker, to }))).rejects.toMatchObject(
      {
        code: 'E_BROKER_PAGING',
      },
    )
    const empty = always(() => answer({ return_code: 0, stk_dt_pole_chart_qry: [] }, more))
    const second = pair({}, { transport: empty })
    expect((await during(second.clock, second.source.dailyBars({ ticker, to }))).length).toBe(0)
  })

  it('refuse bad rows by their reason and keep the good ones', async () => {
    const good = {
      dt: '20260330',
      cur_prc: '5',
      open_pric: '5',
      high_pric: '5',
      low_pric: '5',
      trde_qty: '1',
      trde_prica: '1',
      new_field: 'tolerated',
    }
    const rows = [
      good,
      { ...good, dt: '20260299' },
      { ...good, cur_prc: '5x' },
      { ...good, low_pric: '' },
      { ...good, trde_qty: '-1' },
      { ...good, trde_qty: 7 },
      null,
      'row',
    ]
    const { clock, source } = pair(
      {},
      { transport: always(() => answer({ return_code: 0, stk_dt_pole_chart_qry: rows })) },
    )
    expect((await during(clock, source.dailyBars({ ticker, to }))).length).toBe(1)
    expect(source.counts().refusals).toEqual({
      'ka10081: a price is missing': 1,
      'ka10081: cur_prc: no price': 1,
      'ka10081: dt: no date': 1,
      'ka10081: invalid type': 2,
      'ka10081: trde_qty: invalid type': 1,
      'ka10081: trde_qty: no count': 1,
    })
  })

  it('can be given up, and are refused after the end', async () => {
    const { clock, source } = pair({ at: '16:00' })
    const giver = new AbortController()
    const many = Array.from({ length: 5 }, () =>
      source.dailyBars({ ticker, to, signal: giver.signal }),
    )
    giver.abort()
    for (const one of await during(clock, Promise.allSettled(many))) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'E_BROKER_CLOSED' } })
    }
    await source.close()
    await expect(during(clock, source.dailyBars({ ticker, to }))).rejects.toMatchObject({
      code: 'E_BROKER_CLOSED',
    })
  })

  it('let no secret out, whatever the broker repeats', async () => {
    const secrets = [
      'app-key-of-a-test',
      'secret-key-of-a-test',
      'a-token-of-a-test',
      '12345678-01',
    ]
    const said: unknown[] = []
    const repeating: HttpTransport = async ({ url, headers, body }) => {
      const text = `${body} ${headers['authorization']} account 12345678-01`
      if (url.endsWith('/oauth2/token') && !said.includes('token')) {
        said.push('token')
        return answer(issued)
      }
      const returnCode = url.endsWith('/token') ? 2 : said.length % 2 === 0 ? 1 : 3
      return answer({
        return_code: returnCode,
        return_msg: `나쁨[1517:${text} ${secrets.join(' ')}]`,
      })
    }
    const { clock, source, simulator } = pair(
      {},
      { transport: repeating, onEvent: (event) => said.push(event) },
    )
    for (let i = 0; i < 6; i++) {
      try {
        await during(clock, source.dailyBars({ ticker, to }))
      } catch (error) {
        expect(isRalphError(error)).toBe(true)
        said.push(inspect(error, { depth: 9 }), JSON.stringify(error), String(error))
        if (error instanceof Error) said.push(error.message, error.stack)
      }
    }
    source.subscribe([ticker], () => {
      throw new Error(secrets.join(' '))
    })
    await clock.advance(60_000)
    said.push(inspect(source, { depth: 9 }), JSON.stringify(source.counts()), source.live.health())
    said.push(inspect(settings(), { depth: 9, showHidden: true }), JSON.stringify(settings()))
    said.push(simulator.counts())
    const all = said.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n')
    expect(all.length).toBeGreaterThan(1000)
    for (const secret of secrets) expect(all).not.toContain(secret)
  })
})
