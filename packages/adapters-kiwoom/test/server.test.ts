import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createKiwoomSource, simulatorClock } from '../src/index.js'
import { type SimulatorServer, startSimulator } from '../src/simulator/index.js'
import { settings } from './support.js'

// What follows speaks as the broker's documents show, with nothing of the adapter.
let server: SimulatorServer

beforeAll(async () => {
  server = await startSimulator({
    port: 0,
    stocks: 30,
    history: 700,
    time: '10:00',
    perSecond: 2,
    burst: 2,
    keys: { app: 'AK', secret: 'SK' },
    loginWithinMs: 500,
  })
})
afterAll(() => server.close())

type Reply = { status: number; headers: Record<string, unknown>; text: string }

function post(
  path: string,
  headers: Record<string, string>,
  body: string,
  method = 'POST',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(server.restUrl + path, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

async function token(): Promise<string> {
  for (;;) {
    const { status, text } = await post(
      '/oauth2/token',
      { 'Content-Type': 'application/json;charset=UTF-8' },
      JSON.stringify({ grant_type: 'client_credentials', appkey: 'AK', secretkey: 'SK' }),
    )
    const answer = JSON.parse(text)
    if (status === 429) {
      expect(answer.return_code).toBe(5)
      await new Promise((resolve) => setTimeout(resolve, 600))
      continue
    }
    expect(answer).toMatchObject({ token_type: 'bearer', return_code: 0 })
    expect(answer.expires_dt).toMatch(/^\d{14}$/)
    return answer.token
  }
}

const chart = { stk_cd: 'Z00010', base_dt: '20260331', upd_stkpc_tp: '1' }

describe('the simulator over the network', () => {
  it('serves a stranger: a token, a chart of two pages, the headers of the broker', async () => {
    const bearer = await token()
    expect(await token()).toBe(bearer)
    const headers = { 'api-id': 'ka10081', authorization: `Bearer ${bearer}` }
    const first = await post('/api/dostk/chart', headers, JSON.stringify(chart))
    expect(first.headers).toMatchObject({
      'api-id': 'ka10081',
      'cont-yn': 'Y',
      'resp-cnt': '600',
      'user-data': '',
    })
    expect(String(first.headers['next-key'])).toMatch(/^AZ00010\d{8}00010000$/)
    const second = await post(
      '/api/dostk/chart',
      { ...headers, 'cont-yn': 'Y', 'next-key': String(first.headers['next-key']) },
      JSON.stringify(chart),
    )
    expect(second.headers).toMatchObject({ 'cont-yn': 'N', 'resp-cnt': '101' })
    const rows = [first, second].flatMap(({ text }) => JSON.parse(text).stk_dt_pole_chart_qry)
    const dates = rows.map((row: { dt: string }) => row.dt)
    expect(new Set(dates).size).toBe(701)
    expect(dates).toEqual([...dates].sort().reverse())
    expect(rows[0].cur_prc).toMatch(/^\d+$/)
  })

  it('refuses in the order and the words of the broker', async () => {
    const bearer = await token()
    const good = { 'api-id': 'ka10099', authorization: `Bearer ${bearer}` }
    const cases: ReadonlyArray<readonly [string, Record<string, string>, object, number, string]> =
      [
        ['/api/dostk/stkinfo', {}, {}, 1, '[1501:'],
        ['/api/dostk/stkinfo', { 'api-id': 'ka99999' }, {}, 1, '[1505:'],
        ['/api/dostk/chart', good, {}, 1, '[1504:'],
        ['/api/dostk/stkinfo', { 'api-id': 'ka10099' }, {}, 1, '[1513:'],
        ['/api/dostk/stkinfo', { ...good, authorization: 'a b c' }, {}, 1, '[1514:'],
        ['/api/dostk/stkinfo', { ...good, authorization: 'Basic x' }, {}, 1, '[1515:'],
        ['/api/dostk/stkinfo', { ...good, authorization: 'Bearer' }, {}, 1, '[1516:'],
        ['/api/dostk/stkinfo', { ...good, authorization: 'Bearer x' }, {}, 3, '[8005:'],
        ['/api/dostk/stkinfo', good, {}, 2, '필수입력 파라미터=mrkt_tp]'],
        ['/api/dostk/stkinfo', { ...good, 'api-id': 'ka10001' }, { stk_cd: '999999' }, 7, '[1902:'],
        ['/oauth2/token', {}, {}, 2, '[8011:'],
        ['/oauth2/token', {}, { grant_type: 'x' }, 2, '[8012:'],
        ['/oauth2/token', {}, { grant_type: 'client_credentials' }, 2, '[8020:'],
        [
          '/oauth2/token',
          {},
          { grant_type: 'client_credentials', appkey: 'x', secretkey: 'y' },
          3,
          '[8001:',
        ],
        ['/oauth2/revoke', {}, {}, 2, '[8016:'],
        ['/oauth2/revoke', {}, { token: 'x' }, 3, '[8015:'],
      ]
    for (const [path, headers, body, code, words] of cases) {
      const { status, text } = await post(path, headers, JSON.stringify(body))
      expect(status).toBe(200)
      const answer = JSON.parse(text)
      expect([answer.return_code, answer.return_msg]).toEqual([
        code,
        expect.stringContaining(words),
      ])
    }
    expect((await post('/api/dostk/stkinfo', good, '', 'GET')).status).toBe(405)
    expect(JSON.parse((await post('/api/dostk/stkinfo', good, 'no JSON')).text).return_code).toBe(2)
  })

  it('counts requests of each TR apart', async () => {
    const headers = { 'api-id': 'ka10001', authorization: `Bearer ${await token()}` }
    const body = JSON.stringify({ stk_cd: 'Z00010' })
    const replies = await Promise.all(
      Array.from({ length: 6 }, () => post('/api/dostk/stkinfo', headers, body)),
    )
    const refused = replies.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(3)
    expect(JSON.parse(refused[0]?.text ?? '')).toMatchObject({
      return_code: 5,
      return_msg: expect.stringContaining(
        '[1700:허용된 API 요청 개수를 초과하였습니다. 유량=2, API ID=ka10001]',
      ),
    })
  })

  it('speaks on the socket as documented', async () => {
    const bearer = await token()
    const frames: Array<Record<string, unknown>> = []
    const socket = new WebSocket(server.socketUrl)
    socket.on('message', (data) => frames.push(JSON.parse(data.toString())))
    const ended = new Promise((resolve) => socket.once('close', resolve))
    await new Promise((resolve) => socket.once('open', resolve))
    const next = async (trnm: string): Promise<Record<string, unknown>> => {
      for (let i = 0; i < 500; i++) {
        const at = frames.findIndex((frame) => frame['trnm'] === trnm)
        if (at >= 0) return frames.splice(at, 1)[0] ?? {}
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      throw new Error(`no ${trnm}`)
    }
    socket.send(JSON.stringify({ trnm: 'LOGIN', token: bearer }))
    expect(await next('LOGIN')).toEqual({
      trnm: 'LOGIN',
      return_code: 0,
      return_msg: '',
      sor_yn: 'Y',
    })
    const items = server.simulator.market.papers.map(({ code }) => code)
    socket.send(
      JSON.stringify({
        trnm: 'REG',
        grp_no: '1',
        refresh: '1',
        data: [{ item: items, type: ['0B'] }],
      }),
    )
    expect(await next('REG')).toEqual({ trnm: 'REG', return_code: 0, return_msg: '' })
    socket.send(JSON.stringify({ trnm: 'CNSRREQ', seq: '0', search_type: '0', stex_tp: 'K' }))
    expect(await next('CNSRREQ')).toMatchObject({ return_code: 1 })
    socket.send(JSON.stringify({ trnm: 'CNSRLST' }))
    expect((await next('CNSRLST'))['data']).toContainEqual(['0', '모의 상승'])
    const real = await next('REAL')
    const [entry] = real['data'] as Array<{ type: string; values: Record<string, string> }>
    expect(entry?.type).toBe('0B')
    expect(entry?.values['20']).toMatch(/^\d{6}$/)
    expect(entry?.values['15']).toMatch(/^[+-]\d+$/)
    socket.send(
      JSON.stringify({ trnm: 'REMOVE', grp_no: '1', data: [{ item: items, type: ['0B'] }] }),
    )
    expect(await next('REMOVE')).toMatchObject({ return_code: 0 })
    // A second login with the same key ends this session.
    const other = new WebSocket(server.socketUrl)
    await new Promise((resolve) => other.once('open', resolve))
    other.send(JSON.stringify({ trnm: 'LOGIN', token: bearer }))
    expect(await next('SYSTEM')).toMatchObject({ code: 'R10001' })
    await ended
    other.close()
  })

  it('ends a session that does not log in, or not well', async () => {
    for (const first of [null, { trnm: 'REG' }, { trnm: 'LOGIN', token: 'x' }]) {
      const frames: string[] = []
      const socket = new WebSocket(server.socketUrl)
      socket.on('message', (data) => frames.push(data.toString()))
      const ended = new Promise((resolve) => socket.once('close', resolve))
      await new Promise((resolve) => socket.once('open', resolve))
      if (first !== null) socket.send(JSON.stringify(first))
      await ended
      const words = first?.trnm === 'LOGIN' ? '[CODE=8005, MESSAGE=' : 'R10004'
      expect(frames.join()).toContain(words)
    }
  })

  it('is controlled from outside', async () => {
    const status = JSON.parse((await post('/simulator/status', {}, '', 'GET')).text)
    expect(status).toMatchObject({ speed: 1, requests: expect.any(Number) })
    expect(
      (await post('/simulator/faults', {}, '{"kind":"html-page","api":"ka10004"}')).status,
    ).toBe(200)
    expect((await post('/simulator/faults', {}, '{"kind":"flood"}')).status).toBe(400)
    expect((await post('/simulator/step', {}, '{"ms":1000}')).status).toBe(400)
    expect((await post('/simulator/nothing', {}, '')).status).toBe(404)
    expect((await post('/simulator/truth?stk_cd=Z00010', {}, '', 'GET')).status).toBe(200)
    expect((await post('/simulator/truth?stk_cd=none', {}, '', 'GET')).status).toBe(404)
    const headers = { 'api-id': 'ka10004', authorization: `Bearer ${await token()}` }
    const blocked = await post('/api/dostk/mrkcond', headers, '{"stk_cd":"Z00010"}')
    expect([blocked.status, blocked.text]).toEqual([400, expect.stringContaining('<html>')])
    const dropped = post('/api/dostk/mrkcond', headers, '{"stk_cd":"Z00010"}')
    expect((await dropped).status).toBe(200)
    await expect(startSimulator({ port: server.port })).rejects.toMatchObject({
      code: 'E_PARAM_RANGE',
    })
  })

  it('serves the adapter over real sockets, in time that runs faster', async () => {
    const fast = await startSimulator({
      port: 0,
      stocks: 40,
      history: 3,
      time: '10:00',
      speed: 30,
    })
    const clock = await simulatorClock(fast.restUrl)
    const source = createKiwoomSource({
      settings: settings({ restUrl: fast.restUrl, socketUrl: fast.socketUrl }),
      clock,
      allowance: { perSecond: 1 },
      checkAtClose: false,
    })
    const tickers = fast.simulator.market.papers.map(({ code }) => code)
    let ticks = 0
    source.subscribe(tickers, () => {
      ticks++
    })
    await source.live.ready()
    fast.simulator.faults.add({ kind: 'dropped-connection' })
    const enough = (): boolean =>
      ticks > 50 &&
      fast.simulator.counts().faults['dropped-connection'] === 1 &&
      source.live.health().connection === 'live' &&
      tickers.some((one) => source.live.complete(one) && source.live.minuteBars(one).length > 3)
    for (let i = 0; i < 200 && !enough(); i++) await new Promise((next) => setTimeout(next, 100))
    expect(enough()).toBe(true)
    let compared = 0
    for (const ticker of tickers.filter((one) => source.live.complete(one))) {
      const until = clock.now() - 180_000
      const ended = (bars: readonly { openTime: number }[]) =>
        bars
          .filter(({ openTime }) => openTime < until)
          .map((bar) => ({ ...bar, dayVolume: undefined }))
      const own = ended(source.live.minuteBars(ticker))
      compared += own.length
      expect(own).toEqual(ended(fast.simulator.truth(ticker)))
    }
    expect(compared).toBeGreaterThan(0)
    expect((await source.listStocks()).length).toBe(40)
    await expect(simulatorClock('http://127.0.0.1:1')).rejects.toMatchObject({
      code: 'E_BROKER_UNAVAILABLE',
    })
    const nowhere = createKiwoomSource({ settings: settings(), clock })
    await expect(nowhere.indexNow('001')).rejects.toMatchObject({ code: 'E_BROKER_UNAVAILABLE' })
    await nowhere.close()
    await source.close()
    await fast.close()
  })
})
