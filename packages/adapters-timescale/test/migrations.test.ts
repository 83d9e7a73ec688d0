import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { cardOf } from './support/batches.js'
import { connectionOf, suiteOnEngines } from './support/suite.js'

await suiteOnEngines('migrations', (given) => {
  it('give signals of before their entry, and take it back', async () => {
    const { store } = given
    expect(await store.migrations.down()).toBe('0005-service')
    expect(await store.migrations.down()).toBe('0004-signal-life')
    await store.transaction(async ({ market }) => {
      const db = connectionOf(market)
      for (const [ticker, exit] of [
        ['000010', null],
        ['000020', '2026-02-12'],
      ]) {
        const card = JSON.stringify(cardOf(ticker ?? ''))
        await sql`insert into signals (scan_id, strategy_id, strategy_version, ticker, name, market,
            signal_date, status, score, max_score, coverage, grade, entry_price, target_price,
            stop_price, quantity, card, exit_date, exit_price, exit_reason, return_rate)
          values (1, 'vcp', '1.0.0', ${ticker}, 'name', 'KOSPI', '2026-02-10',
            ${exit === null ? 'OPEN' : 'CLOSED'}, 70, 100, 1, 'A', 10000, 11500, 9500, 1,
            ${card}::jsonb, ${exit}, 11500, 'target', 0.15)`.execute(db)
      }
      await sql`insert into jobs (id, name, status) values ('old', 'scan', 'done')`.execute(db)
    })
    expect(await store.migrations.up()).toEqual(['0004-signal-life', '0005-service'])

    const [closed, open] = await store.findSignals()
    expect(closed).toMatchObject({
      status: 'CLOSED',
      entry: { date: '2026-02-10', price: 10_000, at: null },
      exit: { exitDate: '2026-02-12', exitPrice: 11_500, at: null },
    })
    expect(open).toMatchObject({ status: 'OPEN', entry: null, target: 11_500, stop: 9_500 })
    const job = await store.repositories.jobs.get('old')
    expect(job).toMatchObject({ attempts: 1, finishedAt: job?.updatedAt })
    expect((job?.createdAt.getTime() ?? 0) > 0).toBe(true)

    // A half-entered row is refused.
    const half = store.transaction(async ({ market }) => {
      await sql`update signals set fill_price = null where status = 'CLOSED'`.execute(
        connectionOf(market),
      )
    })
    await expect(half).rejects.toMatchObject({ code: 'E_STORE_QUERY' })

    await store.migrations.down()
    await store.migrations.down()
    expect(await store.migrations.up()).toHaveLength(2)
    expect(await store.findSignals()).toHaveLength(2)
  })
})
