import { isRalphError, type MarketDataSource, type Tick, type TradeDate } from '@ralph-stock/core'
import type { LiveDesk } from '@ralph-stock/engine'
import type { HeldTicks } from './held-ticks.js'

/** What is needed to make up for missed minutes. */
export type CatchUpOptions = {
  readonly desk: Pick<LiveDesk, 'replay' | 'update'>
  readonly source: Pick<MarketDataSource, 'minuteBars'>
  readonly held: HeldTicks
  readonly date: TradeDate
  readonly signal: AbortSignal
  readonly onTrouble: (error: unknown, ticker: string) => void
}

/**
 * Feeds the minutes of today that were missed, stock by stock, and lets each stock's ticks pass after
 * them. A stock whose minutes cannot be had goes on with its ticks, which tell the session's range.
 */
export async function catchUp(tickers: readonly string[], options: CatchUpOptions): Promise<void> {
  const { desk, source, held, date, signal } = options
  for (const ticker of tickers) {
    if (signal.aborted) return
    try {
      const asked = { ticker, from: date, to: date, signal } as const
      // What may have reached a stop comes before what is merely looked at.
      desk.replay(ticker, await source.minuteBars({ ...asked, priority: 'high' }))
    } catch (error) {
      if (!(isRalphError(error) && error.code === 'E_BROKER_CLOSED')) {
        options.onTrouble(error, ticker)
      }
    }
    const ticks: readonly Tick[] = held.release(ticker)
    for (const tick of ticks) desk.update(tick)
  }
}
