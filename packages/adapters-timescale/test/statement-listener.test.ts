import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../src/index.js'
import { BARS, barRows, batchOf } from './support/batches.js'
import { type TestPlace, testEngines } from './support/stores.js'

describe.each(await testEngines())('what is told of statements on $name', (engine) => {
  let place: TestPlace
  let store: Store
  const begun: string[] = []
  const ended: unknown[] = []

  beforeEach(async () => {
    place = await engine.place()
    store = await place.open((statement) => {
      begun.push(statement)
      return (error?: unknown) => ended.push(error ?? 'well')
    })
    begun.length = 0
    ended.length = 0
  })
  afterEach(async () => {
    await store.close()
    await place.remove()
  })

  it('is told of the end of every statement, COPY included', async () => {
    await store.write(batchOf({ bars: barRows(BARS) }))
    await store.load()
    expect(begun.some((statement) => /^copy .* from /is.test(statement))).toBe(true)
    expect(begun.some((statement) => /^copy .* to /is.test(statement))).toBe(true)
    expect(ended).toEqual(begun.map(() => 'well'))
  })

  it('is told of the error that a statement ended with', async () => {
    const broken = store.repositories.stocks.get('\u0000')
    await expect(broken).rejects.toMatchObject({ code: 'E_STORE_QUERY' })
    expect(begun).toHaveLength(1)
    expect(ended).toEqual([expect.any(Error)])
  })

  it('holds how busy the connections are', async () => {
    if (store.kind === 'pglite') expect(store.pool()).toBeNull()
    else {
      await store.summary()
      const { total = 0, ...state } = store.pool() ?? {}
      expect(total).toBeGreaterThan(0)
      expect(state).toEqual({ idle: total, waiting: 0 })
    }
  })
})
