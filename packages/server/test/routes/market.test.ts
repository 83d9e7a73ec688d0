import {
  closeTime,
  dayNumber,
  epochMsOfKst,
  MARKET_TICKER,
  selectUniverse,
} from '@ralph-stock/core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MarketGateView, SectorsView, SessionView, UniverseView } from '../../src/api/index.js'
import {
  data,
  failure,
  LAST,
  liveMarket,
  PATIENCE_MS,
  sessionBefore,
  smallMarket,
  startService,
  type TestService,
} from './support.js'

let service: TestService
beforeAll(async () => {
  service = await startService()
}, PATIENCE_MS)
afterAll(() => service.close())

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('the market gate', () => {
  afterEach(() => service.follow(null))

  it('is the card that the engine makes, with its indexes', async () => {
    const gate: MarketGateView = await data(service, '/api/kr/market-gate')
    const { engine } = service.context
    const card = await engine.score({ ticker: MARKET_TICKER, strategy: 'market-gate', date: LAST })
    expect(gate.card).toEqual(plain(card))
    expect([gate.level, gate.score, gate.live, gate.as_of]).toEqual([
      card.grade,
      card.score,
      false,
      LAST,
    ])
    const close = (await engine.market(LAST)).indexes['KOSPI']?.columns['bars.close']
    const [before, now] = [close?.at(-2) as number, close?.at(-1) as number]
    expect(gate.kospi.value).toBe(now)
    expect(gate.kospi.change_pct).toBeCloseTo((now / before - 1) * 100, 9)
    expect(gate.updated_at).toBe(new Date(closeTime(LAST)).toISOString())
  })

  it('lists its sectors, strongest first', async () => {
    const { sectors }: SectorsView = await data(service, `/api/kr/market-gate/sectors?date=${LAST}`)
    const changes = sectors.map(({ change_pct }) => change_pct)
    expect(changes).toEqual([...changes].sort((a, b) => b - a))
    for (const { change_pct, signal } of sectors) {
      expect(signal).toBe(change_pct > 1 ? 'bullish' : change_pct < -1 ? 'bearish' : 'neutral')
    }
  })

  it(
    'is unknown, not yellow, where an index is',
    async () => {
      const bare = await startService({ batch: { ...smallMarket(), indexes: null } })
      const gate: MarketGateView = await data(bare, '/api/kr/market-gate')
      await bare.close()
      expect([gate.level, gate.score]).toEqual(['UNKNOWN', null])
      expect(gate.kospi).toMatchObject({ value: null, change_pct: null, text: { ko: '정보 없음' } })
    },
    PATIENCE_MS,
  )

  it('shows a true 0 as it is', async () => {
    const { engine } = service.context
    const card = await engine.score({ ticker: MARKET_TICKER, strategy: 'market-gate', date: LAST })
    const at = epochMsOfKst(LAST, '10:00')
    const red = { ...card, annotation: null, score: 0, grade: 'RED' }
    const index = { name: 'KOSPI' as const, value: 2500, change: 0, volume: null, at }
    service.follow(
      liveMarket({ gate: () => red, index: (name) => (name === 'KOSPI' ? index : null) }),
    )
    const gate: MarketGateView = await data(service, '/api/kr/market-gate')
    expect([gate.level, gate.score, gate.live]).toEqual(['RED', 0, true])
    expect(gate.kospi).toMatchObject({ value: 2500, change_pct: 0, text: { ko: '보합' } })
    expect(gate.kosdaq).toMatchObject({ value: null, change_pct: null })
    expect(gate.updated_at).toBe(new Date(at).toISOString())
    const stored: MarketGateView = await data(
      service,
      `/api/kr/market-gate?date=${sessionBefore(1)}`,
    )
    expect([stored.live, stored.as_of]).toEqual([false, sessionBefore(1)])
  })

  it.each(['market-gate', 'market-gate/sectors', 'universe'])(
    'has no %s on a day without a session',
    async (name) => {
      expect(await failure(service, `/api/kr/${name}?date=2026-03-29`)).toEqual([
        404,
        'E_SESSION_NONE',
      ])
      expect(await failure(service, `/api/kr/${name}?date=tomorrow`)).toEqual([
        400,
        'E_REQUEST_INVALID',
      ])
    },
  )
})

describe('the session and the universe', () => {
  it('is told by clock and calendar where nothing is followed', async () => {
    const session: SessionView = await data(service, '/api/kr/session')
    expect(session).toMatchObject({
      date: LAST,
      is_session: true,
      phase: 'closed',
      closes_at: new Date(closeTime(LAST)).toISOString(),
      next_session: sessionBefore(-1),
      last_stored: LAST,
      invented: true,
      speed: 1,
    })
  })

  it('says of every stock that is left out why', async () => {
    const view: UniverseView = await data(service, '/api/kr/universe')
    const market = await service.context.engine.market(LAST)
    const { eligible, excluded } = selectUniverse(market, dayNumber(LAST))
    expect(view.eligible).toBe(eligible.length)
    expect(Object.fromEntries(view.excluded.map(({ ticker, reason }) => [ticker, reason]))).toEqual(
      Object.fromEntries(excluded),
    )
  })
})
