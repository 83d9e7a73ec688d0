import { openPostgresStore, type Store } from '@ralph-stock/adapters-timescale'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignalView } from '../../src/api/index.js'
import { at, type Day, openDay } from '../session/support/day.js'
import { fillStore, TODAY } from '../session/support/market.js'
import { type Watcher, watch } from '../session/support/watcher.js'
import { hasPostgres, rested, type TestDatabase, testDatabase } from './support/database.js'

const PATIENCE_MS = 600_000

type Lived = {
  readonly signals: unknown[]
  readonly news: string[]
  readonly gaps: string[]
  readonly told: ReadonlySet<string>
  readonly jobs: string[]
}

/** The opening, and the hour in which the closing bet is decided and the day is closed. */
async function live(database: TestDatabase, disturbed: boolean): Promise<Lived> {
  const store = await openPostgresStore({ url: database.url, timescale: false })
  const day = await openDay({ store, rest: () => rested(store), from: '08:55', silentMs: 3000 })
  const watcher = await watch(day.service.url, ['signals'])
  const told = new Set<string>()
  const look = async (): Promise<void> => {
    const { status, store: state } = await day.ready()
    told.add(`${status} ${state.ok}`)
  }
  try {
    // The very seconds in which the day's first signals are opened.
    await day.until('09:00:05')
    await look()
    if (disturbed) await database.stop()
    await day.until('09:01:10')
    if (disturbed) await look()
    if (disturbed) await database.start()
    await recovered(day, '09:03')
    await look()
    for (const minute of ['09:12', '09:13', '09:20']) {
      await day.until(minute)
      if (disturbed) await database.cut()
      await day.until(`${minute}:20`)
      if (disturbed) await database.cut()
    }
    await day.until('09:25')
    day.clock.sleep(at('15:05'))
    await day.until('15:19:55')
    if (disturbed) await database.stop()
    await day.until('15:21')
    if (disturbed) await database.start()
    await recovered(day, '15:23')
    await day.until('15:45:06')
    if (disturbed) await database.cut()
    await day.until('15:52')
    await endOfWork(day)
    await look()
    return { ...(await outcome(day, watcher)), told }
  } finally {
    watcher.close()
    await day.close()
    await store.close()
  }
}

/** Lives on until the store answers and everything that waited for it is written. */
async function recovered(day: Day, time: string): Promise<void> {
  await day.until(time)
  for (let tries = 0; tries < 100 && (await day.ready()).status !== 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function endOfWork(day: Day): Promise<void> {
  const isOver = async (): Promise<boolean> => {
    const jobs = await day.jobs()
    const close = jobs.find(({ id }) => id === `after-close.${TODAY}`)
    return close?.status === 'done'
  }
  for (let minute = 53; minute < 60 && !(await isOver()); minute++) await day.until(`15:${minute}`)
}

async function outcome(day: Day, watcher: Watcher): Promise<Omit<Lived, 'told'>> {
  const signals = await day.signals()
  // News wait for the store in real time.
  const count = (): number => newsOf(watcher).filter((one) => one.startsWith('opened')).length
  const opened = signals.filter(({ signal_date }) => signal_date === TODAY).length
  for (let tries = 0; tries < 200 && count() < opened; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const jobs = (await day.jobs()).filter(({ id }) => id.endsWith(TODAY))
  return {
    signals: signals
      .map(({ id: _, created_at, updated_at, ...rest }) => ({ key: keyOf(rest), ...rest }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
    news: newsOf(watcher).sort(),
    gaps: watcher.gaps('signals'),
    jobs: jobs.map(({ id, status }) => `${id} ${status}`).sort(),
  }
}

function newsOf(watcher: Watcher): string[] {
  return watcher
    .told('signals')
    .flatMap((message) => (message.type === 'signal_update' ? [message.data] : []))
    .filter(({ kind }) => kind !== 'updated')
    .map(({ kind, signal }) => `${kind} ${keyOf(signal)}`)
}

function keyOf({
  signal_type,
  ticker,
  signal_date,
}: Pick<SignalView, 'signal_type' | 'ticker' | 'signal_date'>): string {
  return `${signal_type} ${ticker} ${signal_date}`
}

describe.runIf(await hasPostgres())('a database that goes away and comes back', () => {
  const databases: TestDatabase[] = []
  let store: Store
  let calm: Lived
  let disturbed: Lived

  beforeAll(async () => {
    const first = await testDatabase()
    databases.push(first)
    store = await openPostgresStore({ url: first.url, timescale: false })
    await fillStore(store)
    await store.close()
    const second = await testDatabase(first)
    databases.push(second)
    calm = await live(first, false)
    disturbed = await live(second, true)
  }, PATIENCE_MS)

  afterAll(async () => {
    for (const database of databases) await database.drop()
  }, PATIENCE_MS)

  it('is told by whether the service is ready, which recovers alone', () => {
    expect([...calm.told]).toEqual(['200 true'])
    expect([...disturbed.told].sort()).toEqual(['200 true', '503 false'])
  })

  it('leaves the same signals as a day without trouble', () => {
    expect(calm.signals.length).toBeGreaterThan(20)
    expect(disturbed.signals).toEqual(calm.signals)
  })

  it('loses no news of a signal, and tells none twice', () => {
    expect(new Set(disturbed.news).size).toBe(disturbed.news.length)
    expect(disturbed.news).toEqual(calm.news)
    expect(disturbed.gaps).toEqual([])
  })

  it('has all work of the day done', () => {
    expect(disturbed.jobs).toEqual(calm.jobs)
    expect(calm.jobs.every((job) => job.endsWith('done'))).toBe(true)
  })
})
