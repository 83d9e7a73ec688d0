import type { StoredSignal } from '@ralph-stock/adapters-timescale'
import { epochMsOfKst } from '@ralph-stock/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  PricedSignal,
  SignalDatesView,
  SignalHistoryView,
  SignalListView,
  SignalView,
} from '../../src/api/index.js'
import { envelope, signalPage } from '../../src/api/index.js'
import { signalPageView } from '../../src/services/signal-view.js'
import {
  data,
  failure,
  LAST,
  liveMarket,
  PATIENCE_MS,
  SCANNED,
  sessionBefore,
  startService,
  type TestService,
} from './support.js'

let service: TestService
let stored: StoredSignal[]
beforeAll(async () => {
  service = await startService({ scans: true })
  stored = await service.context.store.findSignals()
}, PATIENCE_MS)
afterAll(() => service.close())

type Page = { signals: SignalView[]; next_cursor: string | null }

async function walk(query: string): Promise<SignalView[]> {
  const seen: SignalView[] = []
  let cursor = ''
  do {
    const page: Page = await data(service, `/api/kr/signals?${query}${cursor}`)
    seen.push(...page.signals)
    cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`
  } while (cursor !== '')
  return seen
}

const keyOf = (signal: SignalView): string => `${signal.signal_type} ${signal.id}`
const storedKey = ({ strategyId, id }: StoredSignal): string => `${strategyId} ${id}`

describe('the list of signals', () => {
  it('begins with scans of several dates', () => {
    expect(new Set(stored.map(({ signalDate }) => signalDate)).size).toBe(SCANNED.length)
  })

  it('walks every signal of both tables exactly once, newest first', async () => {
    expect(stored.length).toBeGreaterThan(20)
    expect((await walk('limit=7')).map(keyOf)).toEqual(stored.map(storedKey))
    expect(new Set(stored.map(({ strategyId }) => strategyId)).size).toBeGreaterThan(1)
  })

  it('tells of each what the store and its card say', async () => {
    const signals = await walk('limit=100')
    for (const [n, signal] of signals.entries()) {
      const { card, entry, exit, target, stop } = stored[n] as StoredSignal
      expect(signal).toMatchObject({
        signal_date: card.asOf,
        score: card.score,
        max_score: card.maxScore,
        coverage: card.coverage,
        grade: card.grade,
        entered: entry !== null,
        entry_price: entry?.price ?? card.plan?.entry ?? null,
        target_price: target,
        stop_price: stop,
        exit_date: exit?.exitDate ?? null,
        exit_reason: exit?.reason ?? null,
      })
      expect(signal.return_pct).toBe(exit === null ? null : (exit.returnRate as number) * 100)
      expect(signal.criteria).toEqual(
        card.criteria.map(({ id, outcome, points, maxPoints }) => ({
          id,
          outcome,
          points,
          max_points: maxPoints,
        })),
      )
      expect(signal).not.toHaveProperty('card')
    }
  })

  it('keeps to its schema, which no writer checks', async () => {
    const answer = await service.app.inject('/api/kr/signals?limit=100')
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    const body = answer.json<{ data: Page }>()
    expect(envelope(signalPage).strict().parse(body)).toEqual(body)
    const views = await signalPageView(service.context, {}, 100)
    expect(body.data).toEqual(views)
  })

  it('brings the whole card where asked', async () => {
    const { signals }: Page = await data(service, '/api/kr/signals?limit=3&include=card')
    expect(signals.map(({ card }) => card)).toEqual(stored.slice(0, 3).map(({ card }) => card))
  })

  it.each<readonly [string, (signal: StoredSignal) => boolean]>([
    ['strategy=vcp', ({ strategyId }) => strategyId === 'vcp'],
    ['strategy=daytrade', ({ strategyId }) => strategyId === 'daytrade'],
    ['status=CLOSED', ({ status }) => status === 'CLOSED'],
    ['market=KOSDAQ', ({ card }) => card.market === 'KOSDAQ'],
    ['grade=B', ({ card }) => card.grade === 'B'],
    ['min_score=70', ({ card }) => card.score >= 70],
    [
      `from=${sessionBefore(6)}&to=${sessionBefore(3)}`,
      ({ signalDate }) => signalDate >= sessionBefore(6) && signalDate <= sessionBefore(3),
    ],
  ])('keeps to %s, page by page', async (query, isWanted) => {
    const wanted = stored.filter(isWanted).map(storedKey)
    expect(wanted).not.toEqual([])
    expect((await walk(`limit=4&${query}`)).map(keyOf)).toEqual(wanted)
  })

  it('takes one statement, with cards and without', async () => {
    service.statements.length = 0
    await data(service, '/api/kr/signals?limit=100')
    await data(service, '/api/kr/signals?limit=100&include=card&strategy=vcp&market=KOSPI')
    expect(service.statements).toHaveLength(2)
  })

  it.each([
    'cursor=1',
    'cursor=2026-02-30~1~vcp',
    'cursor=2026-02-10~99999999999~vcp',
    'cursor=2026-02-10~1~vcp~x',
    'grade=%00',
    'strategy=other',
    'min_score=much',
    'from=2026-13-01',
    'limit=1.5',
  ])('refuses %s', async (query) => {
    expect(await failure(service, `/api/kr/signals?${query}`)).toEqual([400, 'E_REQUEST_INVALID'])
  })
})

describe('the best signals', () => {
  afterAll(() => service.follow(null))

  it('are the open ones of one strategy by their scores', async () => {
    const list: SignalListView = await data(service, '/api/kr/signals/vcp?limit=100')
    const open = stored.filter(
      ({ status, strategyId }) => status === 'OPEN' && strategyId === 'vcp',
    )
    expect(open).not.toEqual([])
    expect(list.signals.map(keyOf).sort()).toEqual(open.map(storedKey).sort())
    const scores = list.signals.map(({ score }) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(list.count).toBe(open.length)
    const top: SignalListView = await data(service, '/api/kr/signals/top?min_score=60&limit=100')
    expect(top.signals).toEqual(list.signals)
  })

  it('carry the price of now beside the entry, which stays', async () => {
    const before: SignalListView = await data(service, '/api/kr/signals/vcp')
    const [first] = before.signals as [PricedSignal]
    expect([first.price_as_of, first.price_source]).toEqual([LAST, 'store'])
    const at = epochMsOfKst(sessionBefore(-1), '11:00')
    service.follow(
      liveMarket({
        price: (ticker) => ({
          ticker,
          price: 999,
          change: null,
          previousClose: 1000,
          open: 1,
          high: 1,
          low: 1,
          volume: 1,
          tradedValue: 1,
          at,
        }),
      }),
    )
    const after: SignalListView = await data(service, '/api/kr/signals/vcp')
    expect(after.signals[0]).toMatchObject({
      entry_price: first.entry_price,
      target_price: first.target_price,
      current_price: 999,
      price_source: 'live',
      price_at: new Date(at).toISOString(),
    })
    expect(after.signals[0]?.change_pct).toBeCloseTo(-0.1, 9)
  })

  it('take two statements, however many', async () => {
    service.statements.length = 0
    await data(service, '/api/kr/signals/vcp?limit=1')
    await data(service, '/api/kr/signals/vcp?limit=100')
    expect(service.statements).toHaveLength(4)
  })
})

describe('the closing bet and the day trade', () => {
  it('show the newest date with its signals, best first', async () => {
    const latest: SignalListView = await data(service, '/api/kr/jongga-v2/latest?limit=100')
    const own = stored.filter(({ strategyId }) => strategyId === 'closing-bet')
    expect(latest.date).toBe(own[0]?.signalDate)
    expect(latest.signals.map(keyOf).sort()).toEqual(
      own
        .filter(({ signalDate }) => signalDate === latest.date)
        .map(storedKey)
        .sort(),
    )
  })

  it('list the dates and the signals of each', async () => {
    const { dates, count }: SignalDatesView = await data(service, '/api/kr/jongga-v2/dates')
    const own = stored.filter(({ strategyId }) => strategyId === 'closing-bet')
    expect(dates).toEqual([...new Set(own.map(({ signalDate }) => signalDate))])
    expect(count).toBe(dates.length)
    const day: SignalHistoryView = await data(service, `/api/kr/jongga-v2/history/${dates[0]}`)
    expect(day.signals.map(keyOf).sort()).toEqual(
      own
        .filter(({ signalDate }) => signalDate === dates[0])
        .map(storedKey)
        .sort(),
    )
    expect(await data(service, '/api/kr/jongga-v2/history/2020-01-02')).toEqual({
      date: '2020-01-02',
      signals: [],
      count: 0,
    })
    expect(await failure(service, '/api/kr/jongga-v2/history/today')).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })

  it('come as a list or as an object', async () => {
    const object: SignalListView = await data(service, '/api/daytrading/signals')
    const list: PricedSignal[] = await data(service, '/api/daytrading/signals?format=list')
    expect(list).toEqual(object.signals)
    expect(list.length).toBe(object.count)
    expect(object.count).toBeGreaterThan(0)
    const kosdaq: PricedSignal[] = await data(
      service,
      '/api/daytrading/signals?format=list&market=KOSDAQ',
    )
    expect(kosdaq.every(({ market }) => market === 'KOSDAQ')).toBe(true)
    expect(await failure(service, '/api/daytrading/signals?min_score=106')).toEqual([
      400,
      'E_REQUEST_INVALID',
    ])
  })
})
