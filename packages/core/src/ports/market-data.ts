import type { TradeDate } from '../krx/index.js'
import type { Tick } from '../live/tick.js'
import type { Stock } from '../universe/stock.js'
import type { BarRows, FlowRows, IndexRows } from './market-rows.js'

/** Whose trades a quote counts: one exchange's, or both as one market. Never mixed in one series. */
export type QuoteVenue = 'KRX' | 'NXT' | 'unified'

/** Who goes first where a source may be asked only so often. */
export type RequestPriority = 'high' | 'normal' | 'low'

/** How a request is made. */
export type RequestOptions = {
  /** `normal` unless said. */
  readonly priority?: RequestPriority
  /** Gives the request up; what waits for it is refused at once. */
  readonly signal?: AbortSignal
}

/** A stretch of one stock's or index's days, both ends included. */
export type SeriesRequest = RequestOptions & {
  /** Six characters of a stock, or the name of an index: KOSPI, KOSDAQ. */
  readonly ticker: string
  /** As far back as the source goes when absent. */
  readonly from?: TradeDate
  readonly to: TradeDate
}

/** Bars of one minute of one stock, oldest first; a minute without a trade has none. */
export type MinuteRows = {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly length: number
  /** Start of the minute, epoch ms UTC. */
  readonly openTime: Float64Array
  /** KRW. */
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Shares. */
  readonly volume: Float64Array
}

/** A running subscription to ticks. */
export interface TickSubscription {
  /** Replaces what is wanted, the most wanted first; scarce slots go to the first ones. */
  want(tickers: readonly string[]): void
  /** The tickers that have a slot now. */
  active(): readonly string[]
  close(): Promise<void>
}

/** Where prices, flows and lists come from. Whoever opens one closes it. */
export interface MarketDataSource {
  /** Every listing of today with its kind, by ticker. */
  listStocks(options?: RequestOptions): Promise<readonly Stock[]>
  /** Daily bars of finished sessions, split-adjusted, oldest first; halts have volume 0. */
  dailyBars(request: SeriesRequest): Promise<BarRows>
  /** Net buying by day; an estimate of a session that is not over is marked provisional. */
  flows(request: SeriesRequest): Promise<FlowRows>
  /** Daily values of an index, finished sessions only. */
  indexBars(request: SeriesRequest): Promise<IndexRows>
  minuteBars(request: SeriesRequest): Promise<MinuteRows>
  /** Ticks as they come, until closed; the connection is looked after by the source. */
  subscribe(tickers: readonly string[], listener: (tick: Tick) => void): TickSubscription
  close(): Promise<void>
}
