import { tradeDate } from '@ralph-stock/core'
import { expect, it } from 'vitest'
import { BARS, barRows, batchOf, cardOf, manyBars, stockOf } from './support/batches.js'
import { testEngines } from './support/stores.js'
import { codeOf, suiteOnEngines } from './support/suite.js'

await suiteOnEngines('a store', (given) => {
  it('asks the same number of statements for one stock and for hundreds', async () => {
    const count = async (tickers: number): Promise<[number, number, number]> => {
      const from = tickers === 1 ? '2024-01-02' : '2025-01-02'
      const bars = manyBars(tickers, 20, from)
      given.statements.length = 0
      await given.store.write(batchOf({ bars }))
      const first = given.statements.length
      given.statements.length = 0
      await given.store.write(batchOf({ bars: manyBars(tickers, 20, from, 1) }))
      const merge = given.statements.length
      given.statements.length = 0
      await given.store.load()
      return [first, merge, given.statements.length]
    }
    const one = await count(1)
    expect(await count(300)).toEqual(one)
  })

  it('takes every migration back, and all of them again', async () => {
    await given.store.write(batchOf({ bars: barRows(BARS) }))
    while ((await given.store.migrations.down()) !== null);
    await given.store.migrations.up()
    expect((await given.store.summary()).bars).toBe(0)
  })

  it('rolls a failed transaction back and goes on', async () => {
    const failed = given.store.transaction(async ({ market }) => {
      await market.save({ date: '2026-02-10', kospi: 2500 })
      throw new TypeError('stop')
    })
    await expect(failed).rejects.toThrow('stop')
    expect(await given.store.repositories.market.count()).toBe(0)
  })

  it('keeps statements outside a transaction out of it', async () => {
    let release = (): void => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const inside = given.store.transaction(async ({ market }) => {
      await market.save({ date: '2026-02-10', kospi: 2500 })
      await gate
      throw new TypeError('stop')
    })
    const outside = given.store.repositories.market.save({ date: '2026-02-11', kospi: 2600 })
    setTimeout(release, 50)
    await Promise.allSettled([inside, outside])
    expect((await given.store.repositories.market.list()).map(({ date }) => date)).toEqual([
      '2026-02-11',
    ])
  })

  it('reports its state', async () => {
    await given.store.write(
      batchOf({ stocks: [stockOf('000010'), stockOf('000020')], bars: barRows(BARS) }),
    )
    await given.store.saveScan({
      asOf: tradeDate('2026-02-10'),
      strategies: ['vcp'],
      eligible: 2,
      cards: [cardOf('000010')],
    })
    const report = await given.store.inspect()
    expect(report.version).toContain('PostgreSQL')
    expect(report.rows).toMatchObject({ stocks: 2, daily_prices: 6, signals: 1 })
    expect(report.haltedDays).toBe(1)
    expect(report.gaps).toEqual([
      { ticker: '000020', sessions: 4, missing: 3, lastDate: '2026-02-10' },
    ])
    expect(report.suspicious).toEqual([
      { ticker: '000010', date: '2026-02-13', why: 'inconsistent' },
    ])
    expect(report.migrations.every(({ appliedAt }) => appliedAt instanceof Date)).toBe(true)
  })
})

for (const engine of await testEngines()) {
  it(`refuses a closed store on ${engine.name}, and a schema that is newer`, async () => {
    const place = await engine.place()
    const store = await place.open()
    await store.transaction(async ({ market }) => {
      await market.save({ date: '2026-02-10' })
    })
    await store.close()
    await store.close()
    expect(await codeOf(store.load())).toBe('E_STORE_CLOSED')
    const { sql } = await import('kysely')
    const again = await place.open()
    await again.transaction(async ({ market }) => {
      // Reaches the connection as a migration of a later version would.
      const { db } = market as unknown as { db: Parameters<ReturnType<typeof sql>['execute']>[0] }
      await sql`insert into schema_migrations (name) values ('9999-later')`.execute(db)
    })
    await again.close()
    expect(await codeOf(place.open())).toBe('E_STORE_SCHEMA_NEWER')
    await place.remove()
  })
}
