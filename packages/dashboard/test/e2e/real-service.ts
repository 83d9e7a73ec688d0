import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { demoMarket } from '@ralph-stock/engine/demo'
import { type RunningService, startService } from '@ralph-stock/server'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'

// A session of six and a half hours takes a bit more than three minutes.
const SPEED = 120
const STOCKS = 60
const SESSIONS = 260

/** The service over the invented market, following its simulated broker. */
export interface RealService {
  readonly url: string
  /** Data of an answer. */
  get<T>(path: string): Promise<T>
  stop(): Promise<void>
  /** Starts it again at the same address, where it left off. */
  start(): Promise<void>
  close(): Promise<void>
}

/**
 * Fills an embedded store, and starts the service over it with the page.
 *
 * @param dashboard folder of the built page
 */
export async function startRealService(dashboard: string): Promise<RealService> {
  const folder = mkdtempSync(join(tmpdir(), 'ralph-page-'))
  const store: Store = await openEmbeddedStore({ folder })
  await store.write(demoMarket({ stocks: STOCKS, sessions: SESSIONS }))
  let running: RunningService | null = null
  let port = 0
  const start = async (): Promise<void> => {
    running = await startService({
      store,
      strategies: [marketGate(), closingBet(), vcp(), trendTemplate(), daytrade()],
      env: {},
      version: '0.1.0',
      port,
      speed: SPEED,
      dashboard,
      logger: { level: 'silent' },
    })
    port = Number(new URL(running.url).port)
  }
  const stop = async (): Promise<void> => {
    await running?.close()
    running = null
  }
  await start()
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    get: async (path) => {
      const answer = await fetch(url + path)
      // Sound: a good answer is an envelope; what is in it is what the caller asks for.
      return ((await answer.json()) as { data: never }).data
    },
    stop,
    start,
    close: async () => {
      await stop()
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
