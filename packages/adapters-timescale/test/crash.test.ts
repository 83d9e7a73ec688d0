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

/** Runs the child and kills it: `delay` ms after it began to work, or after it was started. */
function runAndKill(place: TestPlace, delay: number, fromStart: boolean): Promise<Told> {
  const child = spawn(
    process.execPath,
    [join(BUILT, 'crash-child.js'), JSON.stringify(place.address)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const told: Told = { found: null, days: 0, scans: 0, pairs: 0, errors: '' }
  let rest = ''
  const kill = (): void => {
    setTimeout(() => child.kill('SIGKILL'), delay)
  }
  if (fromStart) kill()
  child.stderr.on('data', (data: Buffer) => {
    told.errors += data.toString()
  })
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const [word, value] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]
      if (word === 'found') {
        told.found = JSON.parse(value) as Found
        if (!fromStart) kill()
      } else {
        told[word as 'days' | 'scans' | 'pairs'] = Number(value)
      }
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

for (const engine of await testEngines()) {
  describe(`a process killed at any moment on ${engine.name}`, () => {
    let place: TestPlace
    beforeAll(async () => {
      place = await engine.place()
      await (await place.open()).close()
    })
    afterAll(() => place.remove())

    it(
      `loses nothing that was committed and leaves nothing half, ${KILLS} times`,
      async () => {
        const least = { days: 0, scans: 0, pairs: 0 }
        let worked = 0
        // Long enough for a few steps: a process of its own has to warm up PGlite each time.
        const longest = 'folder' in place.address ? 500 : 150
        for (let kill = 0; kill < KILLS; kill++) {
          // One in six dies while it opens the store.
          const told = await runAndKill(place, Math.random() * longest, kill % 6 === 5)
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
            if (told[step] > least[step]) worked++
            least[step] = Math.max(least[step], told[step], told.found?.[step] ?? 0)
          }
        }
        expect(worked).toBeGreaterThan(KILLS / 2)
        const store = await place.open()
        const report = await store.inspect()
        expect(report.rows['daily_prices']).toBeGreaterThanOrEqual(least.days)
        await store.close()
      },
      KILLS * 4000,
    )
  })
}
