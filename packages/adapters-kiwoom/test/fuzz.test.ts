import { krxCalendar } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { createRefusals } from '../src/refusals.js'
import { readAnswer } from '../src/rest/envelope.js'
import { dailyRow, minuteRow } from '../src/schema/charts.js'
import { tradeValues } from '../src/schema/frames.js'
import { topVolumeRow } from '../src/schema/rankings.js'
import { readRows } from '../src/schema/rows.js'
import { listRow } from '../src/schema/stocks.js'
import { createSimulator, manualClock } from '../src/simulator/index.js'
import { realFrame, tradeEntry } from '../src/simulator/line/frames.js'
import { createRandom, type Random } from '../src/simulator/market/random.js'
import { barHours } from '../src/socket/day-hours.js'
import { createDecoder, type FrameSink } from '../src/socket/decode-frame.js'
import { decodeTrade } from '../src/socket/decode-trade.js'
import type { Trade } from '../src/socket/live-types.js'
import { createMinuteBook } from '../src/socket/minute-book.js'

const FRAMES = 60_000
const BODIES = 40_000
const SEED = Number(process.env['FUZZ_SEED'] ?? 7)
const at = Date.UTC(2026, 2, 31, 6)

const clock = manualClock(at)
const simulator = createSimulator({ clock, stocks: 30, history: 30 })
const { market } = simulator
const paper = market.papers[0]
if (paper === undefined) throw new Error('a market has papers')
const moment = market.moment(at)
const { tape, made, base } = market.quote(paper, 'KRX', moment)

const PIECES = [
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '-',
  '+',
  '--',
  ' ',
  '0',
  '9'.repeat(30),
  '1e999',
  'null',
  'true',
  '\\u0000',
  '\u0000',
  '"13":"',
  '한',
  '__proto__',
  '"values":null',
  '"data":{}',
  '\\',
]

/** Cuts, doubles, swaps, and puts strange pieces in. */
function mutate(text: string, random: Random): string {
  let mutated = text
  for (let times = 1 + random.below(4); times > 0; times--) {
    const from = random.below(mutated.length + 1)
    const size = random.below(12)
    const piece = PIECES[random.below(PIECES.length)] ?? ''
    switch (random.below(6)) {
      case 0:
        mutated = mutated.slice(0, from)
        break
      case 1:
        mutated = mutated.slice(0, from) + mutated.slice(from + size)
        break
      case 2:
        mutated = mutated.slice(0, from) + piece + mutated.slice(from)
        break
      case 3:
        mutated = mutated.slice(0, from) + piece + mutated.slice(from + piece.length)
        break
      case 4:
        mutated = mutated.slice(0, from + size) + mutated.slice(from)
        break
      default:
        mutated =
          mutated.slice(0, from) + String.fromCharCode(random.below(128)) + mutated.slice(from + 1)
    }
  }
  return mutated
}

describe('mutated frames and bodies', () => {
  it('neither crash nor poison what comes after them; each refusal is counted', () => {
    const random = createRandom(SEED, 1)
    const refusals = createRefusals()
    const hours = barHours(moment.day, 'KRX', krxCalendar())
    if (hours === null) throw new Error('the day has a session')
    const book = createMinuteBook({ ticker: paper.code, venue: 'KRX', day: moment.day, hours })
    let lost = 0
    let taken = 0
    const sink: FrameSink = {
      emit: (name, event) => {
        if (name !== 'trade') return
        const trade = event as Trade
        expect(trade.price).toBeGreaterThan(0)
        expect(Number.isFinite(trade.volume + trade.at + trade.quantity)).toBe(true)
        if (trade.ticker === paper.code) book.take(trade)
        taken++
      },
      control: () => {},
      lost: () => {
        lost++
      },
    }
    const decode = createDecoder({ venue: 'KRX', now: () => at, refusals })
    let refused = 0
    for (let i = 0; i < FRAMES; i++) {
      const entries = [tradeEntry(paper.code, paper, tape, random.below(made), base)]
      if (decode(mutate(realFrame(entries), random), sink) === 'refused') refused++
    }
    expect(taken).toBeGreaterThan(1000)
    expect(refused).toBeGreaterThan(1000)
    expect(refusals.total()).toBeGreaterThanOrEqual(refused)
    expect(lost).toBeLessThanOrEqual(refusals.total())
    expect(Object.keys(refusals.counts()).length).toBeLessThan(200)
    // The decoder keeps nothing; the book knows that it was lied to, and is true again once repaired.
    const before = refusals.total()
    const fresh = createMinuteBook({ ticker: paper.code, venue: 'KRX', day: moment.day, hours })
    for (let i = 0; i < made; i++) {
      decode(realFrame([tradeEntry(paper.code, paper, tape, i, base)]), {
        ...sink,
        emit: (name, event) => {
          if (name === 'trade') fresh.take(event as Trade)
        },
      })
    }
    expect(refusals.total()).toBe(before)
    const truth = simulator.truth(paper.code)
    expect(fresh.bars()).toEqual(truth)
    expect(fresh.whole()).toBe(true)
    book.suspect(hours)
    const range = book.missing(86_400)
    if (range !== null) book.repair(range, truth)
    expect(book.bars()).toEqual(truth)
  })

  it('give rows or a reason, and never hang', () => {
    const random = createRandom(SEED, 2)
    const refusals = createRefusals()
    const schemas = [dailyRow, minuteRow, listRow, topVolumeRow] as const
    const asked = [
      [
        'ka10081',
        '/api/dostk/chart',
        { stk_cd: paper.code, base_dt: '20260331', upd_stkpc_tp: '1' },
      ],
      ['ka10080', '/api/dostk/chart', { stk_cd: paper.code, tic_scope: '1', upd_stkpc_tp: '1' }],
      ['ka10099', '/api/dostk/stkinfo', { mrkt_tp: '0' }],
      ['ka10032', '/api/dostk/rkinfo', { mrkt_tp: '000', mang_stk_incls: '1', stex_tp: '1' }],
    ] as const
    const login = simulator.request({
      method: 'POST',
      path: '/oauth2/token',
      header: () => '',
      body: JSON.stringify({ grant_type: 'client_credentials', appkey: 'a', secretkey: 'b' }),
    })
    const { token } = JSON.parse(login.body) as { token: string }
    const bodies = asked.map(([api, path, fields]) => {
      const header = (name: string): string =>
        name === 'api-id' ? api : name === 'authorization' ? `Bearer ${token}` : ''
      const { body } = simulator.request({
        method: 'POST',
        path,
        header,
        body: JSON.stringify(fields),
      })
      // A short page: what matters is the shape.
      const json = JSON.parse(body) as Record<string, unknown>
      for (const [name, value] of Object.entries(json)) {
        if (Array.isArray(value)) json[name] = value.slice(0, 3)
      }
      expect(json['return_code'], api).toBe(0)
      return JSON.stringify(json)
    })
    const kinds: Record<string, number> = {}
    for (let i = 0; i < BODIES; i++) {
      const which = random.below(bodies.length)
      const body = mutate(bodies[which] ?? '', random)
      const status = random.below(10) === 0 ? [400, 429, 500, 401][random.below(4)] : 200
      const outcome = readAnswer({ status: status ?? 200, header: () => '', body }, (text) => text)
      kinds[outcome.kind] = (kinds[outcome.kind] ?? 0) + 1
      if (outcome.kind !== 'data') continue
      for (const value of Object.values(outcome.body)) {
        if (!Array.isArray(value)) continue
        const schema = schemas[which] ?? dailyRow
        const before = refusals.total()
        const rows = readRows<object>(schema, value, 'fuzz', refusals)
        expect(rows.length + refusals.total() - before).toBe(value.length)
      }
    }
    expect(Object.keys(kinds).sort()).toEqual(['data', 'error', 'rate', 'token', 'transient'])
    expect(Object.keys(refusals.counts()).length).toBeLessThan(300)
  })

  it('are refused by the decoder of trades exactly where its schema refuses', () => {
    const random = createRandom(SEED, 3)
    const day = (): number => moment.day
    const names = ['20', '10', '15', '13', '290']
    for (let i = 0; i < 20_000; i++) {
      const { values } = tradeEntry(paper.code, paper, tape, random.below(made), base)
      const name = names[random.below(names.length)] ?? '20'
      const changed: Record<string, unknown> = { ...values, '17': '', '18': '' }
      if (random.below(20) === 0) delete changed[name]
      else changed[name] = random.below(30) === 0 ? 7 : mutate(values[name] ?? '', random)
      // A session that is no text is taken for the regular one.
      if (typeof changed['290'] !== 'string') changed['290'] = '2'
      const decoded = decodeTrade(paper.code, changed, 'KRX', day, Number.MAX_SAFE_INTEGER)
      const parsed = tradeValues.safeParse(changed)
      expect(typeof decoded === 'object', JSON.stringify([name, changed[name]])).toBe(
        parsed.success,
      )
      if (typeof decoded === 'object' && parsed.success) {
        expect(decoded.price).toBe(parsed.data['10'])
        expect(decoded.quantity).toBe(parsed.data['15'])
        expect(decoded.volume).toBe(parsed.data['13'])
      }
    }
  })
})
