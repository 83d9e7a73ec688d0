import type { MarketInput, RalphError, Series } from '@ralph-stock/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import type { Store } from '../../src/index.js'
import type { Connection } from '../../src/repositories/repository.js'
import { type TestPlace, testEngines } from './stores.js'

/** What a suite works on; read in a test, when the store is open. */
export type Given = {
  readonly store: Store
  /** What the engine was asked since the test began. */
  readonly statements: string[]
}

/** Runs a suite on every engine: one store of its own, its tables empty before each test. */
export async function suiteOnEngines(what: string, body: (given: Given) => void): Promise<void> {
  for (const engine of await testEngines()) {
    describe(`${what} on ${engine.name}`, () => {
      let place: TestPlace
      let store: Store
      const statements: string[] = []

      beforeAll(async () => {
        place = await engine.place()
        store = await place.open((statement) => statements.push(statement))
      })
      afterAll(async () => {
        await store.close()
        await place.remove()
      })
      beforeEach(async () => {
        await emptyTables(store)
        statements.length = 0
      })

      body({
        statements,
        get store(): Store {
          return store
        },
      })
    })
  }
}

// A tenth of the time of making the tables anew.
async function emptyTables(store: Store): Promise<void> {
  await store.transaction(async ({ market }) => {
    await sql`do $$
      declare name text;
      begin
        for name in select tablename from pg_tables
          where schemaname = current_schema() and tablename <> 'schema_migrations'
        loop execute format('delete from %I', name); end loop;
      end $$`.execute(connectionOf(market))
  })
}

/** The connection beneath a repository, for statements that no repository has. */
export function connectionOf(repository: object): Connection {
  // Sound: every repository keeps its connection under this name.
  return (repository as { readonly db: Connection }).db
}

/** The series of a stock that must be there. */
export function seriesOf(market: MarketInput, ticker: string): Series {
  const found = market.stocks.find(({ stock }) => stock.ticker === ticker)
  if (found === undefined) throw new Error(`no ${ticker}`)
  return found.series
}

/** The code with which work was refused; `none` when it was done. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'none',
    (error: RalphError) => error.code,
  )
}
