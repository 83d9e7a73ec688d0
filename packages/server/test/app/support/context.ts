import { systemClock } from '@ralph-stock/adapters-kiwoom'
import { manualClock } from '@ralph-stock/adapters-kiwoom/simulator'
import type { StatementListener, Store } from '@ralph-stock/adapters-timescale'
import { epochMsOfKst, krxCalendar, tradeDate } from '@ralph-stock/core'
import { createEngine, type Engine } from '@ralph-stock/engine'
import { DEMO_LAST_DATE, demoMarket } from '@ralph-stock/engine/demo'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'
import type { ServerContext } from '../../../src/context.js'
import { createHub } from '../../../src/ws/hub.js'
import { instantJobs } from './jobs.js'
import { openStore } from './store.js'

/** Evening of the last session of the demo market. */
export const NOW: number = epochMsOfKst(tradeDate(DEMO_LAST_DATE), '18:00')

/** A context over a small invented market in an embedded store, with the scan of its last day. */
export type TestContext = { readonly context: ServerContext; close(): Promise<void> }

/** What a test needs. */
export type ContextOptions = {
  /** Whether the store holds the market; an empty one is open sooner. */
  readonly market?: boolean
  readonly onStatement?: StatementListener
}

/** Makes one. */
export async function openContext(options: ContextOptions = {}): Promise<TestContext> {
  const { market = false, onStatement } = options
  const { store, remove } = await openStore(onStatement === undefined ? {} : { onStatement })
  const strategies = [marketGate(), closingBet(), vcp(), trendTemplate(), daytrade()]
  const engine = createEngine({ strategies, store })
  const hub = createHub({ clock: systemClock })
  if (market) await fill(store, engine)
  return {
    context: {
      store,
      engine,
      strategies,
      clock: manualClock(NOW),
      calendar: krxCalendar(),
      jobs: instantJobs(),
      hub,
      live: null,
      version: '0.1.0',
    },
    close: async () => {
      await hub.close()
      await store.close()
      await remove()
    },
  }
}

async function fill(store: Store, engine: Engine): Promise<void> {
  await store.write(demoMarket({ stocks: 40, sessions: 260 }))
  const { results } = await engine.scan({ strategies: ['closing-bet', 'vcp', 'daytrade'] })
  await store.saveScan({
    asOf: tradeDate(DEMO_LAST_DATE),
    strategies: results.map(({ strategy }) => strategy.id),
    eligible: 40,
    cards: results.flatMap(({ entries }) => entries.map(({ card }) => card)),
  })
}
