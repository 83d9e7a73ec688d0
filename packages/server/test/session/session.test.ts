import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { createEngine } from '@ralph-stock/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  JobView,
  MarketGateView,
  ScanResultView,
  SignalView,
  StockDetail,
  StockScoreView,
} from '../../src/api/index.js'
import { cardView } from '../../src/services/card-view.js'
import { eventually } from '../ws/support.js'
import { at, type Day, openDay } from './support/day.js'
import { endByPrints, printsOf } from './support/lives.js'
import { fillStore, strategies, TODAY, TOMORROW } from './support/market.js'
import { type Watcher, watch } from './support/watcher.js'

const PATIENCE_MS = 900_000
const STRATEGIES = ['daytrade', 'closing-bet', 'vcp'] as const
const EVENTS = ['signals', ...STRATEGIES.map((id) => `signal:${id}`), 'jobs']
const STATES = ['market:kospi', 'market:kosdaq', 'market-gate']

let folder: string
let store: Store
let day: Day
let watcher: Watcher
let tickers: string[]
let morning: { readonly open: SignalView[]; readonly gate: MarketGateView }
let noon: { readonly ready: Awaited<ReturnType<Day['ready']>>; readonly synced: JobView }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ralph-session-'))
  store = await openEmbeddedStore({ folder })
  await fillStore(store)
  // Statements are answered one after another: what was asked before this has been answered.
  day = await openDay({ store, rest: () => store.repositories.jobs.exists('') })
  const stocks = await store.repositories.quotes.page({ limit: 100 })
  tickers = stocks.filter(({ close }) => close !== null).map(({ ticker }) => ticker)
  watcher = await watch(day.service.url, [
    ...EVENTS,
    ...STATES,
    ...tickers.map((ticker) => `price:${ticker}`),
    ...tickers.slice(0, 8).map((ticker) => `score:daytrade:${ticker}`),
  ])
  morning = {
    open: (await day.signals()).filter(({ status }) => status === 'OPEN'),
    gate: await day.get('/api/kr/market-gate'),
  }
  await day.until('11:30')
  const started = await fetch(`${day.service.url}/api/kr/scan/vcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  expect(started.status).toBe(202)
  // Sound: a started job is answered in the envelope.
  const { data: scan } = (await started.json()) as { data: { job: JobView } }
  // A sync by hand in mid-session brings nothing of today, and must not take anything of it away.
  const before = tickers.map((ticker) => day.service.context.live?.price(ticker))
  const { job } = await day.service.context.jobs.start('sync')
  const ended = async () => (await day.get<JobView>(`/api/system/jobs/${job.id}`)).status
  for (let minute = 31; (await ended()) !== 'done' && minute < 59; minute++) {
    await day.until(`11:${minute}`)
  }
  // The bars of the day are not done: the scan is for the eye, and no signal comes of it.
  expect((await day.get<JobView>(`/api/system/jobs/${scan.job.id}`)).result).toMatchObject({
    live: true,
    saved: false,
    added: 0,
  })
  noon = { ready: await day.ready(), synced: await day.get(`/api/system/jobs/${job.id}`) }
  for (const [k, ticker] of tickers.entries()) {
    const [was, is] = [before[k], day.service.context.live?.price(ticker)]
    expect([ticker, is?.volume ?? 0]).toEqual([ticker, Math.max(was?.volume ?? 0, is?.volume ?? 0)])
  }
  await day.until('16:10')
  day.clock.sleep(at('18:30'))
  await day.until('18:50')
}, PATIENCE_MS)

afterAll(async () => {
  watcher.close()
  await day.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}, PATIENCE_MS)

const closeOf = (ticker: string): number | undefined =>
  printsOf(day.simulator, ticker).at(-1)?.price
const bySignal = (signal: SignalView): string =>
  `${signal.signal_type} ${signal.ticker} ${signal.signal_date}`
const told = (kind: string): string[] =>
  watcher
    .told('signals')
    .flatMap((message) => (message.type === 'signal_update' ? [message.data] : []))
    .filter((news) => news.kind === kind)
    .map(({ signal }) => bySignal(signal))
    .sort()

describe('a session seen from outside', () => {
  it('does the work of the day, each piece once', async () => {
    const jobs = await day.jobs()
    const planned = jobs.filter(({ id }) => id.endsWith(TODAY))
    expect(planned.map(({ id, status, attempts }) => [id, status, attempts]).sort()).toEqual([
      [`after-close.${TODAY}`, 'done', 1],
      [`after-close.final.${TODAY}`, 'done', 1],
      [`closing-bet.${TODAY}`, 'done', 1],
      [`market-gate.${TODAY}`, 'done', 1],
      [`sync-list.${TODAY}`, 'done', 1],
    ])
    expect(jobs.every(({ status }) => status === 'done')).toBe(true)
    expect(noon.synced).toMatchObject({ status: 'done', attempts: 1 })
  })

  it('was ready in it, and each feed was fresh', () => {
    expect(noon.ready).toMatchObject({ status: 200, ready: true, broker: { state: 'live' } })
    expect(noon.ready.feeds.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'broker ok',
      'ticks ok',
      'index ok',
      'flows ok',
      'bars ok',
    ])
  })

  it('tells prices, indexes, the gate, cards and signals as they change', () => {
    for (const topic of [...STATES, 'signals', 'jobs']) {
      expect([topic, watcher.told(topic).length > 2]).toEqual([topic, true])
    }
    const prices = watcher.topics().filter((topic) => topic.startsWith('price:'))
    const moved = prices.filter((topic) => watcher.told(topic).length > 5)
    expect(moved.length).toBeGreaterThan(prices.length / 2)
    const cards = watcher.topics().filter((topic) => topic.startsWith('score:'))
    expect(cards.some((topic) => watcher.told(topic).length > 5)).toBe(true)
    const gates = watcher
      .told('market-gate')
      .map((message) => (message.type === 'market_gate_update' ? message.data.score : null))
    expect(new Set(gates).size).toBeGreaterThan(2)
    expect(morning.gate).toMatchObject({ live: false })
  })

  it('numbers the messages of a topic without a gap, and states never backwards', () => {
    expect(EVENTS.flatMap((topic) => watcher.gaps(topic))).toEqual([])
    for (const topic of watcher.topics()) {
      const numbers = watcher.told(topic).map(({ seq }) => seq)
      expect([topic, numbers.every((seq, k) => k === 0 || seq > (numbers[k - 1] ?? 0))]).toEqual([
        topic,
        true,
      ])
    }
  })

  it('ends at the prices that the broker closed with, in every place', async () => {
    for (const ticker of tickers) {
      const close = closeOf(ticker)
      if (close === undefined) continue
      const [last] = watcher.told(`price:${ticker}`).slice(-1)
      expect(last).toMatchObject({ data: { price: close } })
      const stock = await day.get<StockDetail>(`/api/kr/stocks/${ticker}`)
      expect([ticker, stock.price, stock.as_of]).toEqual([ticker, close, TODAY])
    }
  })
})

describe('what the service says after the session', () => {
  it('are the cards, scans and gate of a batch over the same store, to the point', async () => {
    const engine = createEngine({ strategies: strategies(), store })
    const batch = await engine.scan({ date: TODAY, all: true })
    for (const { strategy, entries } of batch.results) {
      if (strategy.subject === 'market') {
        const gate = await day.get<MarketGateView>('/api/kr/market-gate')
        expect(gate.card).toEqual(plain(cardView(entries[0]?.card as never)))
        continue
      }
      const path = `/api/kr/scan/${strategy.id}/result?all=true`
      const scan = await day.get<ScanResultView>(path)
      expect([strategy.id, scan.as_of, scan.entries.length]).toEqual([
        strategy.id,
        TODAY,
        entries.length,
      ])
      expect(scan.entries.map(({ card }) => card)).toEqual(
        entries.map(({ card }) => plain(cardView(card))),
      )
      for (const { card } of entries) {
        const { cards } = await day.get<StockScoreView>(
          `/api/kr/stocks/${card.ticker}/score?strategy=${strategy.id}`,
        )
        // A live card says besides how old its comparison with the others is.
        expect(cards.map(({ crossSectionAgeMs: _, ...rest }) => rest)).toEqual([
          plain(cardView(card)),
        ])
      }
    }
  })

  it('is kept as the status of the market', async () => {
    const gate = await day.get<MarketGateView>('/api/kr/market-gate')
    const kept = await store.repositories.market.latest()
    expect(kept).toMatchObject({
      date: TODAY,
      gate: gate.level === 'UNKNOWN' ? null : gate.level,
      gateScore: gate.score,
      kospi: gate.kospi.value,
      kosdaq: gate.kosdaq.value,
    })
  })
})

describe('signals of the session', () => {
  it('are those that were told, each opened once and closed once', async () => {
    const signals = await day.signals()
    const keys = signals.map(bySignal)
    expect(new Set(keys).size).toBe(keys.length)
    const opened = signals.filter(({ signal_date }) => signal_date === TODAY)
    expect(told('opened')).toEqual(opened.map(bySignal).sort())
    const closed = signals.filter(({ exit_date }) => exit_date === TODAY)
    expect(told('closed')).toEqual(closed.map(bySignal).sort())
    const waited = morning.open.filter(({ entry_date }) => entry_date === null).map(bySignal)
    const entered = signals.filter(({ entry_date }) => entry_date === TODAY).map(bySignal)
    expect(told('entered')).toEqual(waited.filter((key) => entered.includes(key)).sort())
    expect(opened.length).toBeGreaterThan(4)
    expect(closed.length).toBeGreaterThan(4)
    expect(waited.length).toBeGreaterThan(1)
  })

  it('live as the closing rule says of the trades of the day', async () => {
    let exits = 0
    for (const signal of await day.signals()) {
      const prints = printsOf(day.simulator, signal.ticker)
      const { signal_type, signal_date, entry_time, entry_date, exit_date } = signal
      if (prints.length === 0 || (exit_date !== null && exit_date < TODAY)) continue
      if (entry_date === null || signal.entry_price === null) continue
      const isBet = signal_type === 'closing-bet'
      if (signal_date === TODAY && entry_time === null) {
        expect([bySignal(signal), signal.status]).toEqual([bySignal(signal), 'OPEN'])
        continue
      }
      const waited = entry_date === TODAY && entry_time === null
      if (waited) expect(signal.entry_price).toBe(prints[0]?.price)
      const end = endByPrints(signal, prints, {
        since: entry_time === null ? 0 : secondOf(entry_time),
        before: entry_date < TODAY,
        ends: signal_type === 'daytrade',
      })
      if (isBet && end === null) continue
      exits += Number(end !== null)
      expect({
        key: bySignal(signal),
        reason: signal.exit_reason,
        price: signal.exit_price,
        second:
          signal.exit_time === null || signal.exit_reason === 'expired'
            ? null
            : secondOf(signal.exit_time),
      }).toEqual({
        key: bySignal(signal),
        reason: end?.reason ?? null,
        price: end?.price ?? null,
        second: end?.second ?? null,
      })
    }
    expect(exits).toBeGreaterThan(4)
  })

  it('leave no day trade of the session open over the night', async () => {
    const left = (await day.signals()).filter(
      ({ signal_type, status, entry_date }) =>
        signal_type === 'daytrade' && status === 'OPEN' && entry_date !== null,
    )
    expect(left).toEqual([])
  })
})

describe('the next session', () => {
  it('goes on in the same process, and buys what waits for its open', {
    timeout: PATIENCE_MS,
  }, async () => {
    const waiting = (await day.signals()).filter(
      ({ status, entry_date }) => status === 'OPEN' && entry_date === null,
    )
    expect(waiting.length).toBeGreaterThan(0)
    day.clock.sleep(at('08:30', TOMORROW))
    await day.until('09:20', TOMORROW)
    const after = new Map((await day.signals()).map((signal) => [bySignal(signal), signal]))
    for (const signal of waiting) {
      const [first] = printsOf(day.simulator, signal.ticker)
      // A stock that has not traded yet is still waited for.
      if (first === undefined || first.second > 9 * 3600 + 19 * 60) continue
      const now = after.get(bySignal(signal))
      expect([bySignal(signal), now?.entry_date, now?.entry_price]).toEqual([
        bySignal(signal),
        TOMORROW,
        first.price,
      ])
    }
    const ids = (await day.jobs()).map(({ id }) => id)
    expect(ids).toContain(`market-gate.${TOMORROW}`)
    await eventually(() => watcher.told('jobs').some((message) => idOf(message).endsWith(TOMORROW)))
    expect(EVENTS.flatMap((topic) => watcher.gaps(topic))).toEqual([])
  })
})

/** What a value is after its way over the network. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function idOf(message: ReturnType<Watcher['told']>[number]): string {
  return message.type === 'job_update' ? message.data.id : ''
}

function secondOf(instant: string): number {
  return ((Date.parse(instant) + 9 * 3_600_000) % 86_400_000) / 1000
}
