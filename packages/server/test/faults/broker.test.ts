import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FaultKind } from '@ralph-stock/adapters-kiwoom/simulator'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignalView, StockDetail } from '../../src/api/index.js'
import { type Day, openDay } from '../session/support/day.js'
import { endByPrints, printsOf } from '../session/support/lives.js'
import { fillStore, TODAY } from '../session/support/market.js'
import { type Watcher, watch } from '../session/support/watcher.js'

const PATIENCE_MS = 600_000
/** A minute before the first prices that end a signal; the broker is gone while they are printed. */
const BEFORE_S = 20
const GONE_S = 60

let folder: string
let store: Store
let day: Day
let watcher: Watcher

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ralph-broker-'))
  store = await openEmbeddedStore({ folder })
  await fillStore(store)
  day = await openDay({ store, rest: () => store.repositories.jobs.exists(''), from: '08:55' })
  watcher = await watch(day.service.url, ['signals'])
  await day.until('09:03')
}, PATIENCE_MS)

afterAll(async () => {
  watcher.close()
  await day.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}, PATIENCE_MS)

/** When the trades of the day will end an open signal, seconds after midnight in Korea. */
function endsAt(signal: SignalView): number | null {
  const { entry_date, entry_time } = signal
  if (entry_date === null || signal.signal_date === TODAY) return null
  const since = entry_time === null ? 0 : secondOf(entry_time)
  const held = { since, before: entry_date < TODAY, ends: false }
  return endByPrints(signal, printsOf(day.simulator, signal.ticker), held)?.second ?? null
}

describe('a broker that is gone while prices end signals', () => {
  const ways: ReadonlyArray<readonly [string, readonly FaultKind[]]> = [
    ['its connections drop and its requests fail', ['dropped-connection', 'server-error']],
    ['its socket falls silent', ['silent-socket']],
    ['its tokens expire and its connections drop', ['token-expiry', 'dropped-connection']],
  ]

  it.each(ways)('recovers when %s', { timeout: PATIENCE_MS }, async (_, kinds) => {
    const now = secondOf(new Date(day.clock.now()).toISOString())
    const open = (await day.signals()).filter(({ status }) => status === 'OPEN')
    const ends = open.flatMap((signal) => {
      const second = endsAt(signal)
      return second !== null && second > now + 2 * BEFORE_S ? [{ signal, second }] : []
    })
    ends.sort((a, b) => a.second - b.second)
    const [first] = ends
    if (first === undefined) throw new Error('no open signal ends today')

    await day.until(timeOf(first.second - BEFORE_S))
    const { faults } = day.simulator
    const begun = day.clock.now()
    const told = new Set<number>()
    if (kinds.includes('silent-socket')) faults.add({ kind: 'silent-socket', ms: 600_000 })
    while (day.clock.now() < begun + GONE_S * 1000) {
      for (const kind of kinds) {
        if (kind !== 'silent-socket') faults.add({ kind, count: kind === 'server-error' ? 50 : 1 })
      }
      await day.until(timeOf(secondOf(new Date(day.clock.now()).toISOString()) + 5))
      told.add((await day.ready()).status)
    }
    faults.clear()
    // A silent socket is noticed when many stocks have said nothing for a while.
    for (let k = 0; k < 60 && !told.has(503); k++) {
      await day.until(timeOf(secondOf(new Date(day.clock.now()).toISOString()) + 10))
      told.add((await day.ready()).status)
    }
    expect(told).toContain(503)

    let state = await day.ready()
    for (let k = 0; k < 30 && state.status !== 200; k++) {
      await day.until(timeOf(secondOf(new Date(day.clock.now()).toISOString()) + 10))
      state = await day.ready()
    }
    expect(state).toMatchObject({ status: 200, broker: { ok: true, state: 'live' } })
    // The minutes of the other stocks are repaired once they are over.
    await day.until(timeOf(secondOf(new Date(day.clock.now()).toISOString()) + 180))
    await endedAsTraded(ends.map(({ signal }) => signal))
    await pricesAreTrue()
  })

  it('has told each signal once, and lost none', { timeout: PATIENCE_MS }, async () => {
    expect(watcher.gaps('signals')).toEqual([])
    const news = watcher
      .told('signals')
      .flatMap((message) => (message.type === 'signal_update' ? [message.data] : []))
      .filter(({ kind }) => kind === 'opened' || kind === 'closed')
      .map(({ kind, signal }) => `${kind} ${keyOf(signal)}`)
    expect(new Set(news).size).toBe(news.length)
    const signals = await day.signals()
    const stored = signals.flatMap((signal) => [
      ...(signal.signal_date === TODAY ? [`opened ${keyOf(signal)}`] : []),
      ...(signal.exit_date === TODAY ? [`closed ${keyOf(signal)}`] : []),
    ])
    expect(news.sort()).toEqual(stored.sort())
  })
})

/** Every signal whose end was printed by now has ended so, though nobody saw it when it happened. */
async function endedAsTraded(signals: readonly SignalView[]): Promise<void> {
  const now = secondOf(new Date(day.clock.now()).toISOString())
  const after = new Map((await day.signals()).map((signal) => [keyOf(signal), signal]))
  for (const signal of signals) {
    const held = { since: 0, before: (signal.entry_date ?? '') < TODAY, ends: false }
    const prints = printsOf(day.simulator, signal.ticker).filter(({ second }) => second < now - 5)
    const end = endByPrints(signal, prints, held)
    const { exit_reason, exit_price } = after.get(keyOf(signal)) ?? {}
    expect([keyOf(signal), exit_reason, exit_price]).toEqual([
      keyOf(signal),
      end?.reason ?? null,
      end?.price ?? null,
    ])
  }
}

async function pricesAreTrue(): Promise<void> {
  const now = secondOf(new Date(day.clock.now()).toISOString())
  let compared = 0
  for (const { code, halted } of day.simulator.market.papers) {
    const made = printsOf(day.simulator, code).filter(({ second }) => second <= now)
    const last = made.at(-1)
    // What was printed in these seconds is on its way.
    if (halted || last === undefined || last.second > now - 10) continue
    const stock = await day.get<StockDetail>(`/api/kr/stocks/${code}`)
    if (stock.source !== 'live') continue
    expect([code, stock.price]).toEqual([code, last.price])
    compared++
  }
  expect(compared).toBeGreaterThan(5)
}

function keyOf({ signal_type, ticker, signal_date }: SignalView): string {
  return `${signal_type} ${ticker} ${signal_date}`
}

function secondOf(instant: string): number {
  return ((Date.parse(instant) + 9 * 3_600_000) % 86_400_000) / 1000
}

function timeOf(second: number): string {
  return new Date(Math.floor(second) * 1000).toISOString().slice(11, 19)
}
