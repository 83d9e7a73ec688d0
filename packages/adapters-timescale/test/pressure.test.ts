import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresUrl } from '@ralph-stock/test-support/requirements.js'
import { Client, Pool, type PoolClient } from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openEmbeddedStore, openPostgresStore } from '../src/index.js'
import { lockFolder } from '../src/pglite/lock-file.js'
import { batchOf, manyBars } from './support/batches.js'
import { embeddedPlace, postgresPlace, testEngines } from './support/stores.js'

const engines = await testEngines()
const folders: string[] = []

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-stock-lock-'))
  folders.push(folder)
  return folder
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

describe('the lock of a folder', () => {
  const lockOf = (folder: string): string => join(folder, 'store.lock')
  const stale = (facts: object): string =>
    JSON.stringify({
      pid: process.pid,
      host: hostname(),
      start: 'boot/1',
      since: 'then',
      token: 'old',
      ...facts,
    })

  it('is refused while its process lives, with the process named', () => {
    const folder = newFolder()
    const lock = lockFolder(lockOf(folder))
    expect(() => lockFolder(lockOf(folder))).toThrow(
      expect.objectContaining({
        code: 'E_STORE_LOCKED',
        details: expect.objectContaining({ pid: process.pid }),
      }),
    )
    lock.release()
    lockFolder(lockOf(folder)).release()
  })

  it('is taken over when the process is dead, or its number went to another', () => {
    const folder = newFolder()
    for (const text of [stale({ pid: 2 ** 22 + 1 }), stale({}), '{"pid":']) {
      writeFileSync(lockOf(folder), text)
      const lock = lockFolder(lockOf(folder))
      expect(JSON.parse(readFileSync(lockOf(folder), 'utf8')).pid).toBe(process.pid)
      lock.release()
    }
  })

  it('is not taken from another machine', () => {
    const folder = newFolder()
    writeFileSync(lockOf(folder), stale({ host: 'elsewhere', pid: 1 }))
    expect(() => lockFolder(lockOf(folder))).toThrow(/elsewhere/)
  })

  it('is not released by one who lost it', () => {
    const folder = newFolder()
    const lock = lockFolder(lockOf(folder))
    writeFileSync(lockOf(folder), stale({ token: 'new' }))
    lock.release()
    expect(readFileSync(lockOf(folder), 'utf8')).toContain('new')
  })
})

describe('an embedded store under pressure', () => {
  it('refuses a second process, and opens when the first is done', async () => {
    const place = await embeddedPlace()
    const store = await place.open()
    await expect(place.open()).rejects.toMatchObject({
      code: 'E_STORE_LOCKED',
      details: { pid: process.pid },
    })
    await store.close()
    await (await place.open()).close()
    await place.remove()
  })

  it('says that a folder cannot be used', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'file'), '')
    await expect(
      openEmbeddedStore({ folder: join(folder, 'file', 'store') }),
    ).rejects.toMatchObject({ code: 'E_STORE_DISK' })
    if (process.getuid?.() === 0) return
    chmodSync(folder, 0o500)
    await expect(openEmbeddedStore({ folder: join(folder, 'store') })).rejects.toMatchObject({
      code: 'E_STORE_DISK',
    })
    chmodSync(folder, 0o700)
  })
})

/** A small disk of its own, where this process may mount one; null elsewhere. */
function smallDisk(options: string): { folder: string; remove(): void } | null {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-stock-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder])
  const remove = (): void => {
    if (mounted.status === 0) spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  }
  if (mounted.status === 0) return { folder, remove }
  remove()
  return null
}

const disk = smallDisk('size=160m')
describe.skipIf(disk === null)('an embedded store on a small disk', () => {
  const { folder, remove } = disk ?? { folder: '', remove: () => {} }
  afterAll(remove)

  it('says that the disk is full, keeps nothing of the batch, and goes on when there is room', async () => {
    const place = await embeddedPlace(folder)
    const store = await place.open()
    await store.write(batchOf({ bars: manyBars(10, 10) }))
    const filler = join(folder, 'filler')
    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 2_000_000))
    const much = store.write(batchOf({ bars: manyBars(1000, 200, '2020-01-02') }))
    await expect(much).rejects.toMatchObject({ code: 'E_STORE_DISK' })
    await expect(store.summary()).rejects.toMatchObject({ code: 'E_STORE_DISK' })
    rmSync(filler)
    expect((await store.summary()).bars).toBe(100)
    expect((await store.write(batchOf({ bars: manyBars(10, 20) }))).bars).toEqual({
      inserted: 100,
      updated: 0,
      unchanged: 100,
    })
    await store.close()
    await place.remove()
  })

  it('says that the disk is read-only', async () => {
    const locked = smallDisk('ro,size=1m')
    const opened = openEmbeddedStore({ folder: join(locked?.folder ?? '', 'store') })
    const error = await opened.catch((caught: unknown) => caught)
    locked?.remove()
    expect(error).toMatchObject({ code: 'E_STORE_DISK' })
  })
})

describe.skipIf(engines.length < 2)('a store on a server under pressure', () => {
  it('migrates once when several processes start together', async () => {
    const place = await postgresPlace()
    const stores = await Promise.all([place.open(), place.open(), place.open(), place.open()])
    const status = await stores[0]?.migrations.status()
    expect(status?.every(({ appliedAt }) => appliedAt !== null)).toBe(true)
    await Promise.all(stores.map((store) => store.close()))
    await place.remove()
  })

  it('says that the connection was lost in mid-transaction, keeps nothing of it and goes on', async () => {
    const place = await postgresPlace()
    const store = await place.open()
    const admin = new Client({ connectionString: postgresUrl() })
    await admin.connect()
    const lost = store.transaction(async ({ market }) => {
      await market.save({ date: '2026-02-10' })
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'ralph-stock' and state = 'idle in transaction' and query like '%market_status%'`,
      )
      await market.save({ date: '2026-02-11' })
    })
    await expect(lost).rejects.toMatchObject({ code: 'E_STORE_CONNECTION' })
    expect(await store.repositories.market.count()).toBe(0)
    expect((await store.write(batchOf({ bars: manyBars(2, 2) }))).bars.inserted).toBe(4)
    await admin.end()
    await store.close()
    await place.remove()
  })

  it('says that no connection became free, and recovers', async () => {
    const place = await postgresPlace()
    const { url, schema } = place.address as { url: string; schema: string }
    const store = await openPostgresStore({ url, schema, connections: 1, connectTimeoutMs: 100 })
    let release = (): void => {}
    const held = store.transaction(
      () =>
        new Promise<void>((resolve) => {
          release = resolve
        }),
    )
    await expect(store.summary()).rejects.toMatchObject({ code: 'E_STORE_POOL_EXHAUSTED' })
    release()
    await held
    expect((await store.summary()).bars).toBe(0)
    await store.close()
    await place.remove()
  })

  it('says that a server does not answer or has no such database, without the password', async () => {
    for (const url of [
      'postgresql://u:secret@127.0.0.1:1/x',
      postgresUrl().replace(/\/[^/]*$/, '/no_such_database'),
    ]) {
      const error = await openPostgresStore({ url }).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'E_STORE_CONNECTION' })
      expect(
        JSON.stringify([String(error), (error as { details: unknown }).details]),
      ).not.toContain('secret')
    }
  })

  it('lets two writers of the same rows wait for each other', async () => {
    const place = await postgresPlace()
    const [a, b] = [await place.open(), await place.open()]
    const batch = batchOf({ bars: manyBars(50, 20) })
    const reports = await Promise.all([a.write(batch), b.write(batch)])
    expect(reports.map(({ bars }) => bars.inserted).sort((x, y) => x - y)).toEqual([0, 1000])
    await a.close()
    await b.close()
    await place.remove()
  })

  it('outlives a connection that dies while it is taken and has nothing to do', async () => {
    const place = await postgresPlace()
    await (await place.open()).close()
    const { schema } = place.address as { readonly schema: string }
    const options = `-c search_path="${schema}"`
    const pool = new Pool({ connectionString: postgresUrl(), options })
    let taken: PoolClient | undefined
    pool.on('acquire', (client) => {
      taken = client
    })
    let died = 0
    // Without a listener the event is thrown, here and in a process alike.
    const onStatement = (): void => {
      if (taken?.emit('error', new Error('terminated')) === true) died++
    }
    const store = await openPostgresStore({ pool, migrate: false, timescale: false, onStatement })
    expect(await store.repositories.stocks.count()).toBe(0)
    expect(died).toBeGreaterThan(0)
    await store.close()
    await pool.end()
    await place.remove()
  })

  it('outlives connections that die while it is closed', async () => {
    const admin = new Pool({ connectionString: postgresUrl(), max: 1 })
    const name = `ralph_dying_${process.pid}`
    await admin.query(`create database ${name}`)
    for (let time = 0; time < 5; time++) {
      const store = await openPostgresStore({
        url: postgresUrl().replace(/\/[^/]*$/, `/${name}`),
        timescale: false,
      })
      const kill = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`
      await Promise.all([store.close(), admin.query(kill)])
    }
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  })

  it('leaves a pool of the caller open', async () => {
    const pool = new Pool({ connectionString: postgresUrl() })
    const store = await openPostgresStore({ pool, migrate: false })
    expect(store.kind === 'timescale' || store.notice?.includes('plain tables')).toBe(true)
    await store.close()
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await pool.end()
  })
})
