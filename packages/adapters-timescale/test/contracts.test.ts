import { testBarStore, testSignalStore } from '@ralph-stock/testing'
import { it } from 'vitest'
import type { Store } from '../src/index.js'
import { suiteOnEngines } from './support/suite.js'

await suiteOnEngines('the contracts', (given) => {
  // One store for all checks: a new one takes far longer than empty tables.
  const lend = async (): Promise<Store> => ({ ...given.store, close: async () => {} })
  for (const { name, run } of testBarStore(lend)) it(`bars: ${name}`, run)
  for (const { name, run } of testSignalStore(lend)) it(`signals: ${name}`, run)
})
