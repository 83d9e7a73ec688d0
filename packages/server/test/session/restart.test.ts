import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { tradeDateOfEpochMs } from '@ralph-stock/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningService, startService } from '../../src/service.js'
import { at } from './support/day.js'
import { fillStore, strategies, TODAY } from './support/market.js'

const PATIENCE_MS = 300_000
let folder: string
let store: Store

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ralph-restart-'))
  store = await openEmbeddedStore({ folder })
  await fillStore(store)
}, PATIENCE_MS)

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** As a user starts it: no broker is named, and a simulator in this process goes on with the store. */
const start = (): Promise<RunningService> =>
  startService({
    store,
    strategies: strategies(),
    env: {},
    version: '0.0.0',
    port: 0,
    speed: 400,
    logger: { level: 'silent' },
  })

async function liveUntil({ context }: RunningService, time: string): Promise<number> {
  while (context.clock.now() < at(time)) await new Promise((resolve) => setTimeout(resolve, 10))
  return context.clock.now()
}

describe('a service that is started again in mid-session', () => {
  it('goes on in its invented time', { timeout: PATIENCE_MS }, async () => {
    const first = await start()
    expect(first.simulated).toBe(true)
    const ended = await liveUntil(first, '09:12')
    await first.close()
    const before = await store.findSignals({ from: TODAY, to: TODAY })
    const instants = before.flatMap(({ entry, exit }) => [entry?.at ?? 0, exit?.at ?? 0])
    expect(before.length).toBeGreaterThan(0)

    const second = await start()
    try {
      const begun = second.context.clock.now()
      expect(begun).toBeGreaterThanOrEqual(Math.max(ended, ...instants))
      expect(tradeDateOfEpochMs(begun)).toBe(TODAY)
      await liveUntil(second, new Date(begun + 9 * 3_600_000 + 600_000).toISOString().slice(11, 19))
      const ready = await (await fetch(`${second.url}/ready`)).json()
      expect(ready).toMatchObject({ data: { store: { ok: true }, broker: { state: 'live' } } })
      const after = await store.findSignals({ from: TODAY, to: TODAY })
      const keys = after.map(({ strategyId, ticker }) => `${strategyId} ${ticker}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const { id, strategyId, entry } of before) {
        const now = after.find((one) => one.id === id && one.strategyId === strategyId)
        expect(now?.entry).toEqual(entry)
      }
      const jobs = await store.repositories.jobs.list({})
      for (const name of ['market-gate', 'sync-list']) {
        expect([name, jobs.filter((job) => job.name === name).length]).toEqual([name, 1])
      }
    } finally {
      await second.close()
    }
  })
})
