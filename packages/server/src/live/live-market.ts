import type { Trade } from '@ralph-stock/adapters-kiwoom'
import type { Store } from '@ralph-stock/adapters-timescale'
import {
  type Clock,
  isRalphError,
  type SessionCalendar,
  type Strategy,
  type TickSubscription,
  type Timer,
  type TradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import { createLiveDesk, type Engine, inventedAmong, type LiveDesk } from '@ralph-stock/engine'
import type { SessionView } from '../api/index.js'
import type { LiveMarket } from '../context.js'
import type { Broker } from './broker.js'
import { feedStates } from './feed-states.js'
import { watchFlows } from './flow-watch.js'
import { mindGaps } from './gaps.js'
import { heldTicks } from './held-ticks.js'
import { followIndexes } from './index-ticks.js'
import { livePrice } from './live-price.js'
import { liveIndex } from './publish.js'
import { sessionState } from './session-state.js'
import { wantedStocks } from './wanted-stocks.js'

/** What a followed market is made of. */
export type LiveMarketOptions = {
  readonly broker: Broker
  readonly engine: Engine
  readonly store: Store
  readonly strategies: readonly Strategy[]
  readonly calendar: SessionCalendar
  /** Stocks of live prices at most; 200 unless said. */
  readonly slots?: number
  /** Pause between two requests for net buying, ms of the broker's time; 3 s unless said. */
  readonly flowsEveryMs?: number
  /** Under a RED gate, open no new signal instead of marking it. */
  readonly holdUnderRed?: boolean
  /** How long closing waits for a store that does not take what was decided, ms; 5 s unless said. */
  readonly graceMs?: number
  readonly onTrouble?: (error: unknown, what: string) => void
}

/** A market that is followed, and the desk that scores it. */
export interface FollowedMarket extends LiveMarket {
  readonly desk: LiveDesk
  /** Clients began or ceased to watch a stock. */
  watch(ticker: string): void
  unwatch(ticker: string): void
  /** Takes the history anew from the store: the day is over, or another process wrote. */
  renew(): Promise<void>
  close(): Promise<void>
}

const SLOTS = 200
const CANDIDATES = 60
const RERANK_MS = 30_000
const FLOWS_EVERY_MS = 3000
const GRACE_MS = 5000
/** A trade of the regular session, as the broker marks it. */
const REGULAR = 2

/**
 * Follows the broker's market: ticks become prices, cards and signals of a live desk. What was missed of
 * today before it began is made up for where a signal depends on it.
 *
 * @throws RalphError E_ENGINE_EMPTY, E_STORE_*
 */
export async function followMarket(options: LiveMarketOptions): Promise<FollowedMarket> {
  const { broker, engine, store, calendar } = options
  const { clock, source } = broker
  const trouble = options.onTrouble ?? ((): void => {})
  const desk = createLiveDesk({
    market: await engine.market(),
    strategies: options.strategies,
    signals: store,
    clock,
    calendar,
    ...(options.holdUnderRed === undefined ? {} : { holdUnderRed: options.holdUnderRed }),
  })
  await desk.loadSignals()
  let facts = await storeFacts(store)
  const since = clock.now()
  let tickedAt: number | null = null
  const held = heldTicks()
  const known = new Set((await engine.market()).members.map(({ stock }) => stock.ticker))
  const wanted = wantedStocks((ticker) => known.has(ticker))
  const slots = options.slots ?? SLOTS

  // Before and after hours other prices are paid, or that of a close again: they make no session's bar.
  const take = (trade: Trade): void => {
    if (trade.session !== REGULAR) return
    tickedAt = Math.max(tickedAt ?? 0, trade.at)
    if (!held.take(trade)) desk.update(trade)
  }
  const session = (): SessionView =>
    sessionState({ clock, calendar, speed: broker.speed, ...facts })
  const isOpen = (): boolean => session().phase === 'regular'
  // A whole market is scanned for them: not each time that a client looks at another stock.
  let best = desk.candidates(slots)
  const ranked = (): string[] => wanted.ranked(best).slice(0, slots)

  const gaps = mindGaps({ broker, desk, held, session, onTrouble: trouble })
  const subscription: TickSubscription = source.live.subscribe(ranked(), take)
  const indexes = followIndexes(source.live, desk, clock)
  const flows = watchFlows({
    desk,
    source,
    clock,
    wanted: () => best.slice(0, CANDIDATES),
    open: isOpen,
    everyMs: options.flowsEveryMs ?? FLOWS_EVERY_MS,
    onTrouble: (error, ticker) => trouble(error, `flows of ${ticker}`),
  })
  const rerank = (): void => {
    best = desk.candidates(slots)
    subscription.want(ranked())
  }
  const reranking = every(clock, RERANK_MS, rerank)
  const today = (): TradeDate => tradeDateOfEpochMs(clock.now())

  return {
    desk,
    source: broker.simulated ? 'simulator' : 'kiwoom_ws',
    price: (ticker) => (known.has(ticker) ? livePrice(desk.price(ticker)) : null),
    index(name) {
      const quote = desk.indexes().find((one) => one.name === name)
      return quote === undefined ? null : liveIndex(quote)
    },
    cards(ticker) {
      if (!known.has(ticker)) return []
      try {
        return desk.cards(ticker)
      } catch (error) {
        if (isRalphError(error) && error.code === 'E_SESSION_NONE') return []
        throw error
      }
    },
    gate: () => (desk.date === today() && indexes.lastAt() !== null ? desk.gate() : null),
    market: () => (desk.date === today() && tickedAt !== null ? desk.market() : null),
    session,
    feeds: () =>
      feedStates(
        source.live.health(),
        { ticks: tickedAt, index: indexes.lastAt(), flows: flows.lastAt() },
        session(),
        { now: clock.now(), since },
      ),
    broker() {
      const { connection, market } = source.live.health()
      const ok = connection === 'live' && market !== 'silent'
      return { ok, state: connection, message: ok ? null : `${connection}, market ${market}` }
    },
    watch(ticker) {
      wanted.watch(ticker)
      subscription.want(ranked())
    },
    unwatch: (ticker) => wanted.unwatch(ticker),
    async renew() {
      engine.refresh()
      const market = await engine.market()
      known.clear()
      for (const { stock } of market.members) known.add(stock.ticker)
      desk.rollTo(market)
      facts = await storeFacts(store)
      await desk.loadSignals()
      rerank()
    },
    async close() {
      reranking.stop()
      flows.stop()
      indexes.stop()
      await subscription.close()
      await gaps.close()
      await within(options.graceMs ?? GRACE_MS, desk.flush())
      if (desk.pending() > 0) {
        trouble(new Error(`${desk.pending()} writes were not taken`), 'the end of the desk')
      }
      desk.close()
    },
  }
}

async function storeFacts(
  store: Store,
): Promise<{ readonly lastStored: TradeDate | null; readonly invented: boolean }> {
  const { lastDate, sources } = await store.summary()
  return { lastStored: lastDate, invented: inventedAmong(sources).length > 0 }
}

/** Waits for what ends, but no longer than so much real time. */
async function within(ms: number, ending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([ending, late])
  clearTimeout(timer)
}

/** Runs again and again until stopped. */
function every(clock: Clock, ms: number, run: () => void): Timer {
  let timer: Timer = clock.after(ms, again)
  function again(): void {
    run()
    timer = clock.after(ms, again)
  }
  return { stop: () => timer.stop() }
}
