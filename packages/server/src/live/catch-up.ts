import { sleep } from '@ralph-stock/adapters-kiwoom'
import {
  type Clock,
  isRalphError,
  type MarketDataSource,
  type MinuteRows,
  type Tick,
  type TradeDate,
} from '@ralph-stock/core'
import type { LiveDesk } from '@ralph-stock/engine'
import type { HeldTicks } from './held-ticks.js'

/** What is needed to make up for missed minutes. */
export type CatchUpOptions = {
  readonly desk: Pick<LiveDesk, 'replay' | 'update'>
  readonly source: Pick<MarketDataSource, 'minuteBars'>
  readonly held: HeldTicks
  readonly clock: Clock
  readonly date: TradeDate
  /** Gives it up: what was not caught up with yet stays held. */
  readonly signal: AbortSignal
  readonly onTrouble: (error: unknown, ticker: string) => void
}

/** A broker that is gone is asked again so often, and so long after, ms of its time. */
const TRIES = 60
const PAUSE_MS = 5000
/** Asking again does not help. */
const FINAL = new Set(['E_BROKER_CLOSED', 'E_BROKER_SETTINGS', 'E_BROKER_CREDENTIALS'])

/**
 * Feeds the minutes of today that were missed, stock by stock, and lets each stock's ticks pass after
 * them. A stock whose minutes cannot be had goes on with its ticks, which tell the session's range.
 */
export async function catchUp(tickers: readonly string[], options: CatchUpOptions): Promise<void> {
  const { desk, held, signal } = options
  for (const ticker of tickers) {
    if (signal.aborted) return
    try {
      desk.replay(ticker, await minutesOf(ticker, options))
    } catch (error) {
      if (signal.aborted) return
      if (!(isRalphError(error) && error.code === 'E_BROKER_CLOSED')) {
        options.onTrouble(error, ticker)
      }
    }
    const ticks: readonly Tick[] = held.release(ticker)
    for (const tick of ticks) desk.update(tick)
  }
}

async function minutesOf(ticker: string, options: CatchUpOptions): Promise<MinuteRows> {
  const { source, clock, date, signal } = options
  for (let attempt = 1; ; attempt++) {
    try {
      // What may have reached a stop comes before what is merely looked at.
      return await source.minuteBars({ ticker, from: date, to: date, signal, priority: 'high' })
    } catch (error) {
      const passes = isRalphError(error) && error.code.startsWith('E_BROKER_')
      if (!passes || FINAL.has(error.code) || attempt >= TRIES || signal.aborted) throw error
      await sleep(clock, PAUSE_MS, signal)
    }
  }
}
