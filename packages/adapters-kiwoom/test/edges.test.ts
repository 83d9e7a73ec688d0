import { describe, expect, it } from 'vitest'
import { type HttpTransport, type KiwoomEvent, sleep } from '../src/index.js'
import { createSimulator, manualClock } from '../src/simulator/index.js'
import { during, pair } from './support.js'

describe('waits', () => {
  it('end at once when they are given up', async () => {
    const clock = manualClock(0)
    const giver = new AbortController()
    const waiting = sleep(clock, 1000, giver.signal)
    giver.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
    await expect(sleep(clock, 1, giver.signal)).rejects.toThrow('enough')
    const other = sleep(clock, 10)
    await clock.advance(10)
    await other
  })
})

describe('tokens', () => {
  it('can be given back, and a fresh one is asked for', async () => {
    const events: KiwoomEvent[] = []
    const { clock, source } = pair({ at: '16:00' }, { onEvent: (event) => events.push(event) })
    await source.revokeToken()
    await during(clock, source.indexNow('001'))
    await during(clock, source.revokeToken())
    await during(clock, source.indexNow('001'))
    expect(events.filter(({ type }) => type === 'token-issued').length).toBe(2)
  })
})

describe('the list', () => {
  it('does without lists of kinds that are not served, and counts a code that comes twice', async () => {
    const events: KiwoomEvent[] = []
    const { clock, simulator } = pair({ stocks: 120, at: '10:00' })
    const changed: HttpTransport = async (request) => {
      const answer = await simulator.transport(request)
      if (/"mrkt_tp":"(8|60|6|2|4)"/.test(request.body)) {
        const body = JSON.stringify({ return_code: 2, return_msg: '오류[1517:mrkt_tp]' })
        return { ...answer, body }
      }
      return { ...answer, body: answer.body.replace('Z00020', 'Z00010') }
    }
    const source = pair(
      {},
      { transport: changed, clock, onEvent: (event) => events.push(event) },
    ).source
    const list = await during(clock, source.listStocks({ markets: ['KOSPI'] }))
    expect(events.filter(({ type }) => type === 'list-missing').length).toBe(5)
    expect(source.counts().refusals).toMatchObject({ 'ka10099: code twice': 1 })
    // The rows' own words still tell funds, notes and SPACs.
    const kinds = new Set(list.map(({ kind }) => kind))
    for (const kind of ['etf', 'etn', 'common']) expect(kinds).toContain(kind)
  })
})

describe('answers of one piece', () => {
  it('are refused whole when a field is wrong', async () => {
    const { clock, simulator } = pair({ at: '10:00' })
    const spoilt: HttpTransport = async (request) => {
      const answer = await simulator.transport(request)
      return { ...answer, body: answer.body.replace('"rising":"', '"rising":"x') }
    }
    const { source } = pair({}, { transport: spoilt, clock })
    await expect(during(clock, source.indexNow('001'))).rejects.toMatchObject({
      code: 'E_BROKER_PAYLOAD',
    })
    expect(source.counts().refusals).toEqual({ 'ka20001: rising: no count': 1 })
  })
})

describe('the simulator', () => {
  const clock = manualClock(Date.UTC(2026, 2, 31, 9))
  const simulator = createSimulator({ clock, stocks: 60, history: 20 })
  const login = simulator.request({
    method: 'POST',
    path: '/oauth2/token',
    header: () => '',
    body: JSON.stringify({ grant_type: 'client_credentials', appkey: 'a', secretkey: 'b' }),
  })
  const { token } = JSON.parse(login.body)
  const ask = async (api: string, place: string, body: object, next = '') => {
    await clock.advance(1000)
    const headers: Record<string, string> = {
      'api-id': api,
      authorization: `Bearer ${token}`,
      ...(next === '' ? {} : { 'cont-yn': 'Y', 'next-key': next }),
    }
    const path = `/api/dostk/${place}`
    const header = (name: string): string => headers[name] ?? ''
    const answer = simulator.request({ method: 'POST', path, header, body: JSON.stringify(body) })
    return { ...JSON.parse(answer.body), next: answer.headers['next-key'] }
  }
  const busiest = [...simulator.market.papers].sort((a, b) => b.usualTrades - a.usualTrades)[0]
  const stk_cd = busiest?.code ?? ''

  it('pages ticks and minutes without a gap or a repeat', async () => {
    for (const [api, list] of [
      ['ka10079', 'stk_tic_chart_qry'],
      ['ka10080', 'stk_min_pole_chart_qry'],
    ] as const) {
      const rows: Array<{ cntr_tm: string; trde_qty: string }> = []
      let next = ''
      do {
        const page = await ask(api, 'chart', { stk_cd, tic_scope: '1', upd_stkpc_tp: '1' }, next)
        rows.push(...page[list])
        next = page.next
      } while (next !== '' && rows.length < 20_000)
      expect(rows.length, api).toBeGreaterThan(900)
      const times = rows.map((row) => row.cntr_tm)
      expect(times).toEqual([...times].sort().reverse())
      if (api === 'ka10080') expect(new Set(times).size).toBe(times.length)
    }
  })

  it('gathers minutes, and goes back to a day', async () => {
    const body = { stk_cd, tic_scope: '5', upd_stkpc_tp: '1', base_dt: '20260330' }
    const { stk_min_pole_chart_qry: rows } = await ask('ka10080', 'chart', body)
    expect(rows[0].cntr_tm).toBe('20260330153000')
    expect(rows[1].cntr_tm <= '20260330151500').toBe(true)
  })

  it('refuses what is malformed or not there', async () => {
    const cases: ReadonlyArray<readonly [string, string, object, number]> = [
      ['ka10081', 'chart', { stk_cd, base_dt: '2026', upd_stkpc_tp: '1' }, 2],
      ['ka10080', 'chart', { stk_cd, tic_scope: '7', upd_stkpc_tp: '1' }, 2],
      ['ka20006', 'chart', { inds_cd: '001', base_dt: 'x' }, 2],
      ['ka10081', 'chart', { stk_cd: `${stk_cd}_XX`, base_dt: '20260331', upd_stkpc_tp: '1' }, 7],
      ['ka10079', 'chart', { stk_cd: '000000', tic_scope: '1', upd_stkpc_tp: '1' }, 7],
      ['ka10082', 'chart', { stk_cd: '000000', base_dt: '20260331', upd_stkpc_tp: '1' }, 7],
      ['ka10080', 'chart', { stk_cd: '000000', tic_scope: '1', upd_stkpc_tp: '1' }, 7],
      ['ka10004', 'mrkcond', { stk_cd: '000000' }, 7],
      ['ka10008', 'frgnistt', { stk_cd: '000000' }, 7],
    ]
    for (const [api, place, body, code] of cases) {
      expect((await ask(api, place, body)).return_code, api).toBe(code)
    }
    const plain = simulator.market.papers.find(({ nxt }) => !nxt)
    const nxt = { stk_cd: `${plain?.code}_NX`, base_dt: '20260331', upd_stkpc_tp: '1' }
    expect((await ask('ka10081', 'chart', nxt)).return_msg).toContain('[1903:')
    for (const wrong of [{ speed: 0 }, { stocks: 0 }, { date: '2026-13-01' }]) {
      expect(() => createSimulator({ clock, ...wrong })).toThrow()
    }
    expect(() => simulator.truth('nobody')).toThrow()
  })

  it('gives the same market for the same seed, within the rules of the exchange', () => {
    const twin = createSimulator({ clock, stocks: 60, history: 20 })
    const other = createSimulator({ clock, stocks: 60, history: 20, seed: 1 })
    expect(twin.truth(stk_cd)).toEqual(simulator.truth(stk_cd))
    expect(other.truth(stk_cd)).not.toEqual(simulator.truth(stk_cd))
    for (const paper of simulator.market.papers) {
      const path = simulator.market.path(paper)
      const tape = simulator.market.tape(paper, 'KRX', 20)
      const at = tape.length - 1
      if (path.volume[20] === 0) {
        expect(tape.length).toBe(0)
        continue
      }
      expect(tape.volume[at]).toBe(path.volume[20])
      expect(tape.open[at]).toBe(path.open[20])
      expect(tape.high[at], paper.code).toBe(path.high[20])
      expect(tape.low[at], paper.code).toBe(path.low[20])
      for (let i = 1; i < tape.length; i++) {
        expect(tape.second[i] ?? 0).toBeGreaterThanOrEqual(tape.second[i - 1] ?? 0)
      }
    }
    for (const one of [twin, other]) one.close()
  })

  it('stops a stock for two minutes when it moves by a tenth', () => {
    const wild = createSimulator({ clock, stocks: 400, history: 5 })
    let found = 0
    for (const paper of wild.market.papers) {
      const tape = wild.market.tape(paper, 'KRX', 5)
      for (const { second, release } of tape.interruptions) {
        found++
        const held = [...tape.second].filter((one) => one > second && one < release)
        expect(held).toEqual([])
      }
    }
    expect(found).toBeGreaterThan(0)
    wild.close()
  })
})
