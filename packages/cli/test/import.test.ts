import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { openEmbeddedStore } from '@ralph-stock/adapters-timescale'
import { DEMO_LAST_DATE, demoMarket } from '@ralph-stock/engine/demo'
import { describe, expect, it } from 'vitest'
import type { ImportReport } from '../src/import/report.js'
import { call } from './call.js'
import { filesOf, temporaryFolder, writeFiles } from './market-files.js'

describe('import', () => {
  const batch = demoMarket({ stocks: 20, sessions: 60, seed: 7 })
  const folder = writeFiles(filesOf(batch))
  const home = join(temporaryFolder(), 'imported')
  const importJson = async (...args: string[]): Promise<ImportReport> => {
    const { code, stdout, stderr } = await call(['import', folder, '--json', ...args])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout) as ImportReport
  }

  it('writes all of it, and nothing the second time', async () => {
    const first = await importJson('--home', home)
    expect(first.written.bars).toEqual({ inserted: batch.bars?.length, updated: 0, unchanged: 0 })
    expect(first.written.flows.inserted).toBe(batch.flows?.length)
    expect(first.changed).toBe(true)
    expect(first.listDate).toBe(DEMO_LAST_DATE)
    const before = await digest(home)
    const second = await importJson('--home', home)
    expect(second.written.bars).toEqual({ inserted: 0, updated: 0, unchanged: batch.bars?.length })
    expect(second.changed).toBe(false)
    expect(await digest(home)).toBe(before)
    const { stdout } = await call(['import', folder, '--home', home, '--lang', 'en'])
    expect(stdout).toContain('nothing changed: the store held all of this already')
  })

  it('changes nothing when a later import is refused', async () => {
    const before = await digest(home)
    const bad = writeFiles({ ...filesOf(batch), 'flows.csv': 'ticker,date\n' })
    const { code } = await call(['import', bad, '--home', home])
    expect(code).toBe(1)
    expect(await digest(home)).toBe(before)
  })

  it('makes the invented market leave', async () => {
    const other = join(temporaryFolder(), 'both')
    await call(['start', '--once', '--home', other])
    const report = await importJson('--home', other)
    expect(report).toMatchObject({ demoRemoved: true, changed: true })
    const { stdout } = await call(['scan', '--home', other, '--all', '--json'])
    const { universe, cards } = JSON.parse(stdout) as {
      readonly universe: { readonly eligible: number }
      readonly cards: readonly unknown[]
    }
    expect(universe.eligible).toBeLessThanOrEqual(20)
    expect(stdout).not.toContain('DEMO DATA')
    expect(cards.length).toBeGreaterThan(20)
  })

  it('refuses a store that another process has open', async () => {
    const store = await openEmbeddedStore({ folder: home })
    try {
      const { code, stderr } = await call(['import', folder, '--home', home])
      expect(code).toBe(1)
      expect(stderr).toMatch(/^E_STORE_LOCKED: the store is open in process \d+ .*--home\n$/)
    } finally {
      await store.close()
    }
  })

  async function digest(path: string): Promise<string> {
    const store = await openEmbeddedStore({ folder: path })
    try {
      const summary = JSON.stringify(await store.summary())
      const { stocks } = await store.load()
      const hash = createHash('sha256').update(summary)
      for (const { series } of stocks) {
        for (const column of Object.values(series.columns))
          hash.update(new Uint8Array(column.buffer))
      }
      return hash.digest('hex')
    } finally {
      await store.close()
    }
  }
})
