import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Found } from './support/crash-child.js'
import { type TestPlace, testEngines } from './support/stores.js'

const KILLS = Number(process.env['CRASH_KILLS'] ?? (process.env['CI'] === 'true' ? 100 : 20))
const HERE = fileURLToPath(new URL('.', import.meta.url))
const BUILT = fileURLToPath(new URL('../.cache/crash', import.meta.url))

type Told = { found: Found | null; days: number; scans: number; pairs: number; errors: string }

/** When the clock of a kill is set: as the child starts, begins to work, or has done its first step. */
type Moment = 'started' | 'found' | 'days'

/** Runs the child and kills it `delay` ms after a moment. */
function runAndKill(place: TestPlace, delay: number, moment: Moment): Promise<Told> {
  const child = spawn(
    process.execPath,
    [join(BUILT, 'crash-child.js'), JSON.stringify(place.address)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const told: Told = { found: null, days: 0, scans: 0, pairs: 0, errors: '' }
  let rest = ''
  let set = false
  const reached = (now: string): void => {
    if (set || now !== moment) return
    set = true
    setTimeout(() => child.kill('SIGKILL'), delay)
  }
  reached('started')
  child.stderr.on('data', (data: Buffer) => {
    told.errors += data.toString()
  })
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [word, value] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]
      if (word === 'found') told.found = JSON.parse(value) as Found
      else told[word as 'days' | 'scans' | 'pairs'] = Number(value)
      reached(word)
    }
  })
  return new Promise((resolve) => child.on('close', () => resolve(told)))
}

beforeAll(async () => {
  await build({
    entry: [join(HERE, 'support/crash-child.ts')],
    outDir: BUILT,
    format: 'esm',
    target: 'node20',
    config: false,
    silent: true,
    dts: false,
    noExternal: [/^@ralph-stock\//],
    external: ['pg', 'pg-copy-streams', 'kysely', '@electric-sql/pglite'],
    esbuildOptions: (options) => {
      options.conditions = ['@ralph-stock/source']
    },
  })
})

type Progress = { days: number; scans: number; pairs: number; steps: number }

/** Kills one process after the other on the same store; each finds what the last one committed. */
async function killAgainAndAgain(place: TestPlace, kills: number): Promise<Progress> {
  const least: Progress = { days: 0, scans: 0, pairs: 0, steps: 0 }
  const embedded = 'folder' in place.address
  for (let kill = 0; kill < kills; kill++) {
    // One in six dies while it opens the store, the others within their first steps; one in three has
    // done one, so that the store goes on however slow the machine is.
    const moment = kill % 6 === 5 ? 'started' : kill % 3 === 0 ? 'days' : 'found'
    const longest = embedded ? (moment === 'started' ? 1000 : 300) : 150
    const told = await runAndKill(place, Math.random() * longest, moment)
    expect(told.errors).toBe('')
    if ('folder' in place.address && told.found !== null) {
      expect(existsSync(join(place.address.folder, 'store.lock'))).toBe(true)
    }
    if (told.found !== null) {
      expect(told.found).toMatchObject({ halfDays: 0, halfScans: 0, strays: 0, halfPairs: 0 })
      expect(told.found.days).toBeGreaterThanOrEqual(least.days)
      expect(told.found.scans).toBeGreaterThanOrEqual(least.scans)
      expect(told.found.pairs).toBeGreaterThanOrEqual(least.pairs)
    }
    for (const step of ['days', 'scans', 'pairs'] as const) {
      if (told[step] > least[step]) least.steps++
      least[step] = Math.max(least[step], told[step], told.found?.[step] ?? 0)
    }
  }
  return least
}

for (const engine of await testEngines()) {
  describe(`a process killed at any moment on ${engine.name}`, () => {
    // Half of a cycle of PGlite is one thread starting: two stores at a time use two cores.
    const places: TestPlace[] = []
    beforeAll(async () => {
      for (let n = 0; n < 2; n++) {
        const place = await engine.place()
        places.push(place)
        await (await place.open()).close()
      }
    })
    afterAll(async () => {
      for (const place of places) await place.remove()
    })

    it(
      `loses nothing that was committed and leaves nothing half, ${KILLS} times`,
      async () => {
        const kills = Math.ceil(KILLS / places.length)
        const progress = await Promise.all(places.map((place) => killAgainAndAgain(place, kills)))
        expect(progress.reduce((sum, { steps }) => sum + steps, 0)).toBeGreaterThan(KILLS / 4)
        for (const [n, place] of places.entries()) {
          const store = await place.open()
          const report = await store.inspect()
          expect(report.rows['daily_prices']).toBeGreaterThanOrEqual(progress[n]?.days ?? 0)
          await store.close()
        }
      },
      KILLS * 4000,
    )
  })
}
