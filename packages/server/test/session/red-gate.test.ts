import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@ralph-stock/adapters-kiwoom'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { krxCalendar } from '@ralph-stock/core'
import { createEngine } from '@ralph-stock/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobDefinitions, type Work } from '../../src/jobs/definitions/index.js'
import { fillStore, strategies } from './support/market.js'

const DATE = '2026-03-27'
let folder: string
let store: Store

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ralph-red-'))
  store = await openEmbeddedStore({ folder })
  await fillStore(store)
}, 240_000)

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Scans a stored date as a job, under a gate of that level. */
async function scanUnder(
  level: 'RED' | 'GREEN',
  strategy: string,
  holdUnderRed = false,
): Promise<readonly string[]> {
  const own = strategies()
  const work: Work = {
    store,
    engine: createEngine({ strategies: own, store }),
    strategies: own,
    clock: systemClock,
    calendar: krxCalendar(),
    broker: null,
    live: () => null,
    renew: async () => {},
    tellSignal: () => {},
    // Sound: a scan asks the gate for its level alone.
    gate: async () => ({ level }) as Awaited<ReturnType<Work['gate']>>,
    holdUnderRed,
    scanned: () => {},
  }
  const { signal } = new AbortController()
  const run = { id: 'scan', attempt: 1, signal, progress: () => {} }
  await jobDefinitions(work)['scan']?.run({ strategy, date: DATE, save: true }, run)
  const kept = await store.findSignals({ strategyId: strategy, from: DATE, to: DATE })
  return [...new Set(kept.flatMap(({ card }) => card.flags))]
}

describe('a scan that keeps its cards as signals', () => {
  it('warns of a RED gate on each, and of no other', async () => {
    expect(await scanUnder('RED', 'vcp')).toContain('market-gate-red')
    expect(await scanUnder('GREEN', 'closing-bet')).not.toContain('market-gate-red')
  })

  it('keeps none that is new where a RED gate holds them back', async () => {
    const before = await store.findSignals({ from: DATE, to: DATE })
    await scanUnder('RED', 'daytrade', true)
    expect(await store.findSignals({ from: DATE, to: DATE })).toHaveLength(before.length)
    await scanUnder('RED', 'vcp', true)
    expect(await store.findSignals({ strategyId: 'vcp', from: DATE, to: DATE })).not.toHaveLength(0)
    await scanUnder('RED', 'daytrade')
    const after = await store.findSignals({ from: DATE, to: DATE })
    expect(after.length).toBeGreaterThan(before.length)
  })
})
