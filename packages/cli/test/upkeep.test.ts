import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { openEmbeddedStore } from '@ralph-stock/adapters-timescale'
import { demoMarket } from '@ralph-stock/engine/demo'
import { postgresUrl, serverAvailable } from '@ralph-stock/test-support/requirements.js'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DoctorReport } from '../src/commands/doctor.js'
import { call } from './call.js'
import { temporaryFolder } from './market-files.js'

const NAMES = [
  '0001-market-data',
  '0002-signals',
  '0003-reports',
  '0004-signal-life',
  '0005-service',
]

const sqlOn = async (text: string): Promise<void> => {
  const client = new Client({ connectionString: postgresUrl(), connectionTimeoutMillis: 3000 })
  await client.connect()
  await client.query(text).finally(() => client.end())
}
const withPostgres = await serverAvailable('PostgreSQL', () => sqlOn('select 1'))

describe('migrate', () => {
  const home = join(temporaryFolder(), 'home')
  const json = async (...args: string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await call(['migrate', ...args, '--home', home, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout)
  }

  it('makes the tables, tells each step, and takes one back', async () => {
    expect(await json()).toEqual({ store: home, step: 'up', taken: NAMES })
    expect(await json('up')).toEqual({ store: home, step: 'up', taken: [] })
    expect(await json('down')).toEqual({ store: home, step: 'down', takenBack: NAMES[4] })
    const status = await call(['migrate', 'status', '--home', home, '--lang', 'en'])
    expect(status.stdout).toMatch(/0002-signals +applied +\d{4}-\d\d-\d\dT[\d:]{8}Z\n/)
    expect(status.stdout).toMatch(/0005-service +pending\n/)
    expect(stripVTControlCharacters(status.stdout)).toBe(status.stdout)
    const korean = await call(['migrate', 'up', '--home', home, '--lang', 'ko'])
    expect(korean.stdout).toContain('0005-service  적용함')
  }, 120_000)

  it('makes no folder only to look at it, and knows three steps', async () => {
    const absent = join(temporaryFolder(), 'absent')
    for (const args of [['migrate', 'status'], ['migrate', 'down'], ['doctor']]) {
      const { code, stdout, stderr } = await call([...args, '--home', absent])
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^E_ENGINE_EMPTY: [^\n]*\n$/)
    }
    expect(existsSync(absent)).toBe(false)
    const wrong = await call(['migrate', 'sideways'])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/^E_CLI_USAGE: [^\n]*up, down, status; [^\n]*\n$/)
  })
})

describe('doctor', () => {
  const home = join(temporaryFolder(), 'home')
  const doctor = async (): Promise<DoctorReport> => {
    const { code, stdout, stderr } = await call(['doctor', '--home', home, '--json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    return JSON.parse(stdout) as DoctorReport
  }

  beforeAll(async () => {
    const batch = demoMarket({ stocks: 240, sessions: 60 })
    const { bars } = batch
    if (bars === null) throw new Error('the demo has no bars')
    // A price that no market prints.
    const at = bars.volume.findLastIndex((volume) => volume > 0)
    const close = Float64Array.from(bars.close)
    close[at] = (close[at] ?? 0) * 3
    const high = Float64Array.from(bars.high)
    high[at] = close[at] ?? 0
    const store = await openEmbeddedStore({ folder: home })
    await store.write({ ...batch, bars: { ...bars, close, high } })
    await store.close()
  }, 120_000)

  it('tells the state of the store, and calls no finding a failure', async () => {
    const report = await doctor()
    expect(report).toMatchObject({ kind: 'pglite', where: home, timescale: null, pending: [] })
    expect(report.migrations.map(({ name }) => name)).toEqual(NAMES)
    expect(report.rows?.['stocks']).toBeGreaterThan(200)
    expect(report.suspicious).toMatchObject([{ why: 'beyond-price-limit' }])
    const page = await call(['doctor', '--home', home, '--lang', 'en'])
    expect(page.code).toBe(0)
    expect(page.stdout).toMatch(/engine +PGlite \(PostgreSQL \d+/)
    expect(page.stdout).toMatch(/suspicious bars 1\n .*beyond the price limit/)
    const korean = await call(['doctor', '--home', home, '--lang', 'ko'])
    expect(korean.stdout).toContain('제한폭 초과')
  })

  it('changes nothing, so it says what it cannot know', async () => {
    await call(['migrate', 'down', '--home', home])
    expect(await doctor()).toMatchObject({ pending: ['0005-service'], rows: null, gaps: null })
    const page = await call(['doctor', '--home', home, '--lang', 'en'])
    expect(page).toMatchObject({ code: 0, stderr: '' })
    expect(page.stdout).toContain('run "ralph-stock migrate"')
    expect(await doctor()).toMatchObject({ pending: ['0005-service'] })
  }, 120_000)
})

describe.runIf(withPostgres)('a store on PostgreSQL', () => {
  const schema = `cli_${randomUUID().replaceAll('-', '')}`
  const url = new URL(postgresUrl())
  url.searchParams.set('options', `-c search_path=${schema}`)
  const env = { DATABASE_URL: url.href, LANG: 'en_US.UTF-8' }

  beforeAll(() => sqlOn(`create schema ${schema}`))
  afterAll(() => sqlOn(`drop schema ${schema} cascade`))

  it('migrates and is looked over; a newer schema is refused', async () => {
    expect((await call(['migrate', 'status'], { env })).stdout).toMatch(/0001-market-data +pending/)
    const up = await call(['migrate', '--json'], { env })
    expect(JSON.parse(up.stdout)).toMatchObject({ taken: NAMES })
    expect(up.stdout).not.toContain('password')
    const { code, stdout } = await call(['doctor', '--json'], { env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ pending: [], rows: { stocks: 0 }, gaps: [] })
    await sqlOn(`insert into ${schema}.schema_migrations (name) values ('9999-later')`)
    for (const args of [['migrate'], ['migrate', 'down'], ['migrate', 'status'], ['doctor']]) {
      const refused = await call(args, { env })
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toMatch(/^E_STORE_SCHEMA_NEWER: [^\n]*9999-later[^\n]*\n$/)
    }
  })
})
