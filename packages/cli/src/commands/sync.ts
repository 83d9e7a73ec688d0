import {
  createKiwoomSource,
  type KiwoomEnvironment,
  readKiwoomSettings,
  type SyncReport as Synced,
  simulatorClock,
  syncMarket,
  systemClock,
} from '@ralph-stock/adapters-kiwoom'
import { RalphError, tradeDate } from '@ralph-stock/core'
import { syncTarget } from '@ralph-stock/engine'
import { withStore } from '../home.js'
import type { SyncOptions } from '../options.js'
import { languageOf } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { syncView } from '../output/sync-view.js'
import { createSyncBar } from '../sync/progress.js'
import { type Context, print, printJson } from './command.js'

/** What a sync did; the public shape of `sync --json`. */
export type SyncReport = Omit<Synced, 'estimatedEndAt'> & {
  readonly store: string
  readonly environment: KiwoomEnvironment
  /** Sources whose invented stocks left the store. */
  readonly removed: readonly string[]
  /** Rows of the broker that were refused, by reason. */
  readonly refusals: Readonly<Record<string, number>>
}

/**
 * `ralph-stock sync`: brings the market from Kiwoom into the store, up to the last finished session.
 * What is stored is not asked for again, so it goes on where it was interrupted.
 *
 * @throws RalphError E_BROKER_*, E_STOCK_UNKNOWN; E_SYNC_INCOMPLETE when some stocks failed
 */
export async function syncCommand(options: SyncOptions, { io }: Context): Promise<void> {
  const settings = readKiwoomSettings(io.env)
  const { environment } = settings
  const clock = environment === 'simulator' ? await simulatorClock(settings.restUrl) : systemClock
  const language = languageOf(options.lang, io.env)
  const bar = createSyncBar(io, language, !options.json)
  const stop = new AbortController()
  const forget = io.onInterrupt(() => stop.abort())
  const kiwoom = createKiwoomSource({ settings, clock })
  let report: SyncReport
  try {
    report = await withStore(options, io, 'write', async (store) => {
      const { leaving, ...target } = await syncTarget({
        source: kiwoom,
        store,
        simulated: environment === 'simulator',
        where: store.where,
        knownAt: io.now(),
      })
      const { estimatedEndAt: _, ...synced } = await syncMarket({
        ...target,
        clock,
        signal: stop.signal,
        onProgress: bar.update,
        ...(options.from === undefined ? {} : { from: tradeDate(options.from) }),
        ...(options.tickers === undefined ? {} : { tickers: options.tickers }),
      })
      const { refusals } = kiwoom.counts()
      return { store: store.where, environment, ...synced, removed: leaving, refusals }
    })
  } finally {
    bar.stop()
    forget()
    await kiwoom.close()
  }
  if (options.json) printJson(io.stdout, report)
  else print(io.stdout, syncView(report, createScreen(io.stdout, io.env, language)))
  requireComplete(report)
}

function requireComplete({ failures, failed, done }: SyncReport): void {
  const [first] = failures
  if (first === undefined) return
  throw new RalphError(
    'E_SYNC_INCOMPLETE',
    `${failed} of ${done} stocks failed, the first of them ${first.ticker}: ${first.code}: ${first.message}`,
    { failed, tickers: failures.map(({ ticker }) => ticker) },
  )
}
