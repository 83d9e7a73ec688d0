import {
  type BarStore,
  closeTime,
  createMarket,
  dayNumber,
  dayNumberOfEpochMs,
  fromDayNumber,
  isRalphError,
  type Market,
  type SignalStore,
  type StoredSignal,
  type Strategy,
  seriesFromColumns,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { TRADING_COSTS, type TradingCosts } from './costs.js'
import { type SignalMarket, type SignalStep, signalStep } from './signal-step.js'

/** What to follow signals with. */
export type TrackingRequest = {
  readonly store: BarStore
  readonly signals: SignalStore
  /** Signals of other strategies are left alone. */
  readonly strategies: readonly Strategy[]
  /** Epoch ms. A session that has not closed by then has no bars yet. */
  readonly now: number
  /** YYYY-MM-DD; bars after it do not exist. The last session that has closed unless said. */
  readonly through?: string
  readonly costs?: TradingCosts
}

/** What became of the open signals. */
export type TrackingReport = {
  /** Bars up to this date were read. */
  readonly through: TradeDate
  /** As they were stored when entered, oldest first. */
  readonly entered: readonly StoredSignal[]
  /** Oldest first. */
  readonly closed: readonly StoredSignal[]
  /** How many of the known strategies stay open. */
  readonly open: number
  /** Open signals whose strategy is not known, or has no plan. */
  readonly untracked: readonly StoredSignal[]
}

/**
 * Enters and closes every open signal by the stored bars: one query, one load, and one statement for
 * each signal that changes. What is decided depends on the bars alone, so it may be run twice, by two
 * processes at once, or be killed in between: the next run goes on where it was.
 *
 * @throws RalphError E_DATE_INVALID, E_STORE_*
 */
export async function trackSignals(request: TrackingRequest): Promise<TrackingReport> {
  const { store, signals, strategies, costs = TRADING_COSTS } = request
  const through = lastDate(request)
  const plans = new Map(strategies.flatMap((one) => (one.plan === null ? [] : [[one.id, one]])))
  const open = (await signals.findSignals({ status: 'OPEN', to: through })).reverse()
  const tracked = open.filter(({ strategyId }) => plans.has(strategyId))
  const untracked = open.filter(({ strategyId }) => !plans.has(strategyId))
  const entered: StoredSignal[] = []
  const closed: StoredSignal[] = []
  const [oldest] = tracked
  if (oldest !== undefined) {
    const market = await loadFor(store, tracked, oldest.signalDate, through)
    for (const signal of tracked) {
      // Sound: only signals whose strategy is there are tracked.
      const strategy = plans.get(signal.strategyId) as Strategy
      const lives = marketOf(market, signal.ticker)
      for (let now: StoredSignal | null = signal; now !== null && now.status === 'OPEN'; ) {
        const step: SignalStep | null = signalStep(now, strategy, lives, costs)
        now = step === null ? null : await take(signals, now, step)
        if (now !== null) (now.status === 'OPEN' ? entered : closed).push(now)
      }
    }
  }
  return { through, entered, closed, open: tracked.length - closed.length, untracked }
}

function lastDate({ now, through }: TrackingRequest): TradeDate {
  const today = dayNumberOfEpochMs(now)
  const closed = closeTime(fromDayNumber(today)) <= now ? today : today - 1
  const last = fromDayNumber(closed)
  if (through === undefined) return last
  const asked = tradeDate(through)
  return asked < last ? asked : last
}

async function loadFor(
  store: BarStore,
  signals: readonly StoredSignal[],
  since: string,
  through: TradeDate,
): Promise<Market> {
  const tickers = [...new Set(signals.map(({ ticker }) => ticker))]
  // A stock has at most a bar a day, and one before the first gives the base of its price limits.
  const bars = dayNumber(through) - dayNumber(tradeDate(since)) + 2
  return createMarket(await store.load({ through, tickers, bars }))
}

function marketOf(market: Market, ticker: string): SignalMarket {
  const { calendar, sessions } = market
  return { series: market.member(ticker)?.series ?? noBars(ticker), calendar, sessions }
}

function noBars(ticker: string): SignalMarket['series'] {
  const none = new Float64Array(0)
  return seriesFromColumns({
    ticker,
    days: new Int32Array(0),
    columns: {
      'bars.open': none,
      'bars.high': none,
      'bars.low': none,
      'bars.close': none,
      'bars.volume': none,
    },
  })
}

// Null when somebody else was faster: the signal is theirs to report.
async function take(
  signals: SignalStore,
  signal: StoredSignal,
  step: SignalStep,
): Promise<StoredSignal | null> {
  try {
    return step.kind === 'enter'
      ? await signals.enterSignal(signal, step.fill)
      : await signals.closeSignal(signal, step.exit)
  } catch (error) {
    if (isRalphError(error) && error.code === 'E_STORE_NOT_FOUND') return null
    throw error
  }
}
