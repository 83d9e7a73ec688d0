import type { KiwoomEnvironment, SyncOptions } from '@ralph-stock/adapters-kiwoom'
import type { Store } from '@ralph-stock/adapters-timescale'
import { type MarketBatch, RalphError } from '@ralph-stock/core'
import { inventedAmong, SIMULATOR_SOURCE } from '../invented.js'

/** What a sync reads from and writes to, so that invented and real stocks never meet. */
export type SyncTarget = Pick<SyncOptions, 'source' | 'store'> & {
  /** Sources whose invented stocks leave the store once the broker has answered. */
  readonly leaving: readonly string[]
}

/**
 * Puts a source and a store together: what the simulator says is stored as the simulator's, and an
 * invented market leaves before another one comes.
 *
 * @param knownAt epoch ms
 * @throws RalphError E_BROKER_SETTINGS when the simulator would be written among real data
 */
export async function syncTarget(
  source: SyncOptions['source'],
  store: Store,
  environment: KiwoomEnvironment,
  knownAt: number,
): Promise<SyncTarget> {
  const simulated = environment === 'simulator'
  const { sources } = await store.summary()
  const invented = inventedAmong(sources)
  if (simulated && sources.length > invented.length) {
    throw new RalphError(
      'E_BROKER_SETTINGS',
      `KIWOOM_ENV must be live or mock for ${store.where}, which holds real data; found "simulator"; give another --home`,
      { name: 'KIWOOM_ENV' },
    )
  }
  const leaving = invented.filter((name) => !simulated || name !== SIMULATOR_SOURCE)
  const write = (batch: MarketBatch): ReturnType<Store['write']> =>
    store.write(simulated ? { ...batch, source: SIMULATOR_SOURCE } : batch)
  return {
    leaving,
    source: {
      ...source,
      listStocks: async (how) => {
        const listed = await source.listStocks(how)
        if (leaving.length > 0) await store.write(removalOf(leaving, knownAt))
        return listed
      },
    },
    store: { write, load: (request) => store.load(request), summary: () => store.summary() },
  }
}

function removalOf(replaces: readonly string[], knownAt: number): MarketBatch {
  const nothing = { stocks: [], listDay: null, bars: null, flows: null, indexes: null }
  return { source: SIMULATOR_SOURCE, knownAt, ...nothing, replaces }
}
