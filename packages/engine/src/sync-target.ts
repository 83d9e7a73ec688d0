import {
  type BarStore,
  type MarketBatch,
  type MarketDataSource,
  RalphError,
} from '@ralph-stock/core'
import { inventedAmong, SIMULATOR_SOURCE } from './invented.js'

type SyncSource = Pick<MarketDataSource, 'listStocks' | 'dailyBars' | 'flows' | 'indexBars'>
type SyncStore = Pick<BarStore, 'write' | 'load' | 'summary'>

/** What a sync reads from and writes to, so that invented and real stocks never meet. */
export type SyncTarget = {
  readonly source: SyncSource
  readonly store: SyncStore
  /** Sources whose invented stocks leave the store once the broker has answered. */
  readonly leaving: readonly string[]
}

/** Who is asked, and for which store. */
export type SyncTargetRequest = {
  readonly source: SyncSource
  readonly store: SyncStore
  /** Whether the broker is a simulator. */
  readonly simulated: boolean
  /** Whether the simulator goes on with the stocks of the store, which then stay. */
  readonly continues?: boolean
  /** What the store is called in an error. */
  readonly where: string
  /** Epoch ms. */
  readonly knownAt: number
}

/**
 * Puts a source and a store together: what the simulator says is stored as the simulator's, and an
 * invented market leaves before another one comes.
 *
 * @throws RalphError E_BROKER_SETTINGS when the simulator would be written among real data
 */
export async function syncTarget(request: SyncTargetRequest): Promise<SyncTarget> {
  const { source, store, simulated, continues = false, where, knownAt } = request
  const { sources } = await store.summary()
  const invented = inventedAmong(sources)
  if (simulated && sources.length > invented.length) {
    throw new RalphError(
      'E_BROKER_SETTINGS',
      `KIWOOM_ENV must be live or mock for ${where}, which holds real data; found "simulator"; give another --home`,
      { name: 'KIWOOM_ENV' },
    )
  }
  const leaving = continues
    ? []
    : invented.filter((name) => !simulated || name !== SIMULATOR_SOURCE)
  const write = (batch: MarketBatch): ReturnType<BarStore['write']> =>
    store.write(simulated ? { ...batch, source: SIMULATOR_SOURCE } : batch)
  return {
    leaving,
    source: {
      listStocks: async (how) => {
        const listed = await source.listStocks(how)
        if (leaving.length > 0) await store.write(removalOf(leaving, knownAt))
        return listed
      },
      dailyBars: (asked) => source.dailyBars(asked),
      flows: (asked) => source.flows(asked),
      indexBars: (asked) => source.indexBars(asked),
    },
    store: { write, load: (asked) => store.load(asked), summary: () => store.summary() },
  }
}

function removalOf(replaces: readonly string[], knownAt: number): MarketBatch {
  const nothing = { stocks: [], listDay: null, bars: null, flows: null, indexes: null }
  return { source: SIMULATOR_SOURCE, knownAt, ...nothing, replaces }
}
