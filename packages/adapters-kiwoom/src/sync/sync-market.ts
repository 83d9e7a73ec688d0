import { setMaxListeners } from 'node:events'
import {
  type BarRows,
  type BarStore,
  dayNumber,
  type FlowRows,
  fromDayNumber,
  isRalphError,
  krxCalendar,
  type MarketBatch,
  type MarketDataSource,
  RalphError,
  type SessionCalendar,
  type Stock,
  type TradeDate,
} from '@ralph-stock/core'
import { type Clock, systemClock } from '../clock.js'
import { joinBars, joinFlows, joinIndexes } from './join.js'
import { lastFinishedSession, type Stored, storedIn, storedOf } from './plan.js'

/** Who says so, in a store. */
export const KIWOOM_SOURCE = 'kiwoom'

/** What is brought into a store, and how. */
export type SyncOptions = {
  readonly source: Pick<MarketDataSource, 'listStocks' | 'dailyBars' | 'flows' | 'indexBars'>
  readonly store: Pick<BarStore, 'write' | 'load' | 'summary'>
  /** First day for a stock that the store does not know; two years back unless said. */
  readonly from?: TradeDate
  /** These stocks only, of whatever kind. */
  readonly tickers?: readonly string[]
  readonly indexes?: readonly string[]
  /** Whether net buying is asked for too; true unless said. */
  readonly flows?: boolean
  /** Stocks that are written at once; what is not written yet is asked for again after a kill. */
  readonly batch?: number
  readonly clock?: Clock
  readonly calendar?: SessionCalendar
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: SyncProgress) => void
}

/** How far a sync is. */
export type SyncProgress = {
  readonly done: number
  readonly total: number
  /** Stocks that were complete before it began. */
  readonly skipped: number
  readonly failed: number
  readonly bars: number
  readonly flows: number
  /** Epoch ms at which it may end by its speed so far; null before the first stock. */
  readonly estimatedEndAt: number | null
}

/** What a sync did. */
export type SyncReport = SyncProgress & {
  readonly through: TradeDate
  readonly indexBars: number
  /** Stocks whose whole history was asked for again, as its prices were adjusted since. */
  readonly readjusted: readonly string[]
  readonly failures: ReadonlyArray<{
    readonly ticker: string
    readonly code: string
    readonly message: string
  }>
}

const DEFAULT_YEARS = 2
const DEFAULT_BATCH = 20
const AT_ONCE = 6
const FAILURES_IN_A_ROW = 10
/** Bars and flows of each stock, waiting for a turn, an answer or the end of a pause. */
const LISTENERS = AT_ONCE * 6
/** Papers that no scan considers: they double the number of requests. `tickers` brings them. */
const LEFT_OUT = new Set(['etf', 'etn', 'elw'])
/** Errors after which every other stock would fail too. */
const FATAL = new Set([
  'E_BROKER_SETTINGS',
  'E_BROKER_CREDENTIALS',
  'E_BROKER_TOKEN',
  'E_BROKER_CLOSED',
])

type Fetched = { readonly bars: BarRows; readonly flows: FlowRows | null }

/**
 * Brings the list, the indexes, and each stock's bars and flows up to the last finished session. What
 * the store holds already is not asked for again, so a sync that was killed goes on where it was.
 *
 * Prices are split-adjusted as of the day they are asked for. When the last stored close differs from
 * the broker's, the past was adjusted since, and the stock's whole history is asked for again: a
 * series never mixes two bases.
 *
 * @throws RalphError of the source that concerns all stocks, E_BROKER_CLOSED when given up; what was
 * written before stays
 */
export async function syncMarket(options: SyncOptions): Promise<SyncReport> {
  const { source, store, signal } = options
  // Each request that waits listens; Node takes more than ten of them for a leak.
  if (signal !== undefined) setMaxListeners(LISTENERS, signal)
  const clock = options.clock ?? systemClock
  const calendar = options.calendar ?? krxCalendar()
  const last = lastFinishedSession(clock.now(), calendar)
  const through = fromDayNumber(last)
  const from = options.from ?? fromDayNumber(last - Math.round(DEFAULT_YEARS * 365.25))
  const how = { priority: 'low', ...(signal === undefined ? {} : { signal }) } as const

  const listed = await source.listStocks(how)
  const indexBars = await syncIndexes()
  const wanted = chosen(listed, options.tickers)
  const stored = storedOf(await store.load({ bars: 5, tickers: wanted.map((s) => s.ticker) }))
  const { firstDate } = await store.summary()
  const earliest = firstDate !== null && firstDate < from ? firstDate : from
  const due = wanted.filter(({ ticker }) => !complete(storedIn(stored, ticker)))

  const startedAt = clock.now()
  const failures: Array<SyncReport['failures'][number]> = []
  const readjusted: string[] = []
  let pending: Fetched[] = []
  let done = 0
  let bars = 0
  let flows = 0
  let failedInRow = 0
  let fatal: RalphError | null = null
  const queue = [...due]

  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await flush()
  if (fatal !== null) throw fatal
  return { ...progress(), through, indexBars, readjusted, failures }

  function complete(state: Stored): boolean {
    if (state.lastDay < last) return false
    // A halt has no flows; the last traded day must have final ones.
    const lastTraded = state.lastBar?.day ?? Number.NEGATIVE_INFINITY
    return options.flows === false || state.lastFlowDay >= lastTraded
  }

  async function work(): Promise<void> {
    for (let stock = queue.shift(); stock !== undefined; stock = queue.shift()) {
      if (fatal !== null) return
      await one(stock.ticker)
      options.onProgress?.(progress())
      if (pending.length >= (options.batch ?? DEFAULT_BATCH)) await flush()
    }
  }

  async function one(ticker: string): Promise<void> {
    try {
      if (signal?.aborted === true) throw new RalphError('E_BROKER_CLOSED', 'the sync was given up')
      const fetched = await fetchStock(ticker, storedIn(stored, ticker))
      pending.push(fetched)
      bars += fetched.bars.length
      flows += fetched.flows?.length ?? 0
      failedInRow = 0
    } catch (error) {
      if (!isRalphError(error)) throw error
      failures.push({ ticker, code: error.code, message: error.message })
      failedInRow++
      if (FATAL.has(error.code) || failedInRow >= FAILURES_IN_A_ROW) fatal ??= error
    }
    done++
  }

  async function fetchStock(ticker: string, state: Stored): Promise<Fetched> {
    const first = Number.isFinite(state.lastDay) ? fromDayNumber(state.lastDay) : from
    const flowsFrom = Number.isFinite(state.lastFlowDay) ? fromDayNumber(state.lastFlowDay) : from
    const [recent, net] = await Promise.all([
      source.dailyBars({ ...how, ticker, from: barFrom(state, first), to: through }),
      options.flows === false
        ? Promise.resolve(null)
        : source.flows({ ...how, ticker, from: flowsFrom, to: through }),
    ])
    if (!adjustedSince(state, recent)) return { bars: recent, flows: net }
    readjusted.push(ticker)
    const all = await source.dailyBars({ ...how, ticker, from: earliest, to: through })
    return { bars: all, flows: net }
  }

  async function syncIndexes(): Promise<number> {
    const names = options.indexes ?? ['KOSPI', 'KOSDAQ']
    const known = (await store.load({ bars: 1, tickers: [] })).indexes ?? {}
    const rows = await Promise.all(
      names.map((ticker) => {
        const days = known[ticker]?.days
        const lastStored = days === undefined ? undefined : days[days.length - 1]
        const first = lastStored === undefined ? from : fromDayNumber(lastStored)
        return source.indexBars({ ...how, ticker, from: first, to: through })
      }),
    )
    const indexes = joinIndexes(rows)
    await store.write(batchOf({ stocks: listed, listDay: dayNumber(through), indexes }))
    return indexes.length
  }

  async function flush(): Promise<void> {
    const ready = pending
    pending = []
    if (ready.length === 0) return
    await store.write(
      batchOf({
        bars: joinBars(ready.map((part) => part.bars)),
        flows: joinFlows(ready.flatMap((part) => part.flows ?? [])),
      }),
    )
  }

  function batchOf(part: Partial<MarketBatch>): MarketBatch {
    const nothing = { stocks: [], listDay: null, bars: null, flows: null, indexes: null }
    return { source: KIWOOM_SOURCE, knownAt: clock.now(), ...nothing, ...part }
  }

  function progress(): SyncProgress {
    const now = clock.now()
    const left = due.length - done
    const estimatedEndAt = done === 0 ? null : now + ((now - startedAt) / done) * left
    const skipped = wanted.length - due.length
    const failed = failures.length
    return { done, total: due.length, skipped, failed, bars, flows, estimatedEndAt }
  }
}

/** From the last traded bar on, so that its close can be compared. */
function barFrom(state: Stored, first: TradeDate): TradeDate {
  return state.lastBar === null ? first : fromDayNumber(state.lastBar.day)
}

function adjustedSince({ lastBar }: Stored, recent: BarRows): boolean {
  if (lastBar === null) return false
  const at = recent.day.indexOf(lastBar.day)
  return at >= 0 && recent.close[at] !== lastBar.close
}

function chosen(listed: readonly Stock[], tickers: readonly string[] | undefined): Stock[] {
  if (tickers === undefined) return listed.filter(({ kind }) => !LEFT_OUT.has(kind ?? ''))
  const byTicker = new Map(listed.map((stock) => [stock.ticker, stock]))
  return tickers.map((ticker) => {
    const stock = byTicker.get(ticker)
    if (stock !== undefined) return stock
    throw new RalphError('E_STOCK_UNKNOWN', `the broker lists no stock "${ticker}"`, { ticker })
  })
}
