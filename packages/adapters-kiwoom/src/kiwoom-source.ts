import {
  dayNumber,
  krxCalendar,
  type MarketDataSource,
  type QuoteVenue,
  type RequestOptions,
  type RequestPriority,
  type SessionCalendar,
  type TradeDate,
} from '@ralph-stock/core'
import { type Clock, systemClock } from './clock.js'
import type { EventListener } from './events.js'
import type { RandomSource } from './limits/back-off.js'
import {
  type Allowance,
  createScheduler,
  type RequestScheduler,
  type SchedulerCounts,
} from './limits/scheduler.js'
import { barRows, type DayBar, flowRows, indexRows, minuteRows } from './map/columns.js'
import type { StockListing } from './map/stocks.js'
import { instantOf } from './map/times.js'
import { createRefusals } from './refusals.js'
import type { Asker } from './rest/asker.js'
import {
  dailyChart,
  indexDaily,
  minuteChart,
  type TickBar,
  tickChart,
  weeklyChart,
} from './rest/charts.js'
import { createRestClient } from './rest/client.js'
import { type IndexNow, type IndexQuote, indexNow, industryIndexes } from './rest/indexes.js'
import {
  type BuyingStreak,
  buyingStreaks,
  type ForeignHolding,
  foreignHoldings,
  type InstitutionTrend,
  institutionTrend,
  investorChart,
  investors,
} from './rest/investors.js'
import { type OrderBook, orderBook } from './rest/order-book.js'
import { type RankedStock, type RankingRequest, ranking } from './rest/rankings.js'
import { type BasicInfo, basicInfo, type ListOptions, listStocks } from './rest/stocks.js'
import { type Theme, type ThemeStock, themeStocks, themes } from './rest/themes.js'
import { fetchTransport, type HttpTransport } from './rest/transport.js'
import { createRedactor } from './secret.js'
import type { KiwoomSettings } from './settings.js'
import type { FeedSettings, LiveFeed } from './socket/feed-types.js'
import { createLiveFeed } from './socket/live-feed.js'
import { type OpenSocket, openWebSocket } from './socket/socket.js'

/** How a source is made. All but the settings have defaults. */
export type KiwoomOptions = FeedSettings & {
  readonly settings: KiwoomSettings
  /** Requests a second; 1 for each TR unless said, the least that any account was measured to have. */
  readonly allowance?: Partial<Allowance>
  /** Shared between all sources of one app key; its allowance is then the one that counts. */
  readonly scheduler?: RequestScheduler
  readonly clock?: Clock
  readonly random?: RandomSource
  readonly calendar?: SessionCalendar
  readonly transport?: HttpTransport
  readonly openSocket?: OpenSocket
  readonly onEvent?: EventListener
  readonly timeoutMs?: number
}

/** Counts for metrics. */
export type KiwoomCounts = {
  readonly requests: SchedulerCounts
  /** What was refused, by reason. */
  readonly refusals: Readonly<Record<string, number>>
}

type StockRequest = RequestOptions & { readonly venue?: QuoteVenue }
type Span = StockRequest & {
  readonly ticker: string
  readonly from?: TradeDate
  readonly to: TradeDate
}

/** Kiwoom as a source of market data, and what it offers beside the port. */
export interface KiwoomSource extends MarketDataSource {
  /** Whose trades the quotes count unless a request says otherwise. */
  readonly venue: QuoteVenue
  readonly live: LiveFeed
  listStocks(options?: ListOptions): Promise<readonly StockListing[]>
  basicInfo(ticker: string, options?: StockRequest): Promise<BasicInfo>
  weeklyBars(request: Span): Promise<DayBar[]>
  ticks(request: StockRequest & { ticker: string; pages?: number }): Promise<TickBar[]>
  indexNow(code: string, options?: RequestOptions): Promise<IndexNow>
  industryIndexes(market: 'KOSPI' | 'KOSDAQ', options?: RequestOptions): Promise<IndexQuote[]>
  /** Flows from the chart TR: the same columns, another allowance. */
  flowChart(request: Span): ReturnType<MarketDataSource['flows']>
  foreignHoldings(
    request: StockRequest & { ticker: string; pages?: number },
  ): Promise<ForeignHolding[]>
  institutionTrend(request: Span & { from: TradeDate }): Promise<InstitutionTrend>
  buyingStreaks(
    request: StockRequest & { market: 'KOSPI' | 'KOSDAQ'; days?: 1 | 3 | 5 | 10 | 20 | 120 },
  ): Promise<BuyingStreak[]>
  orderBook(ticker: string, options?: StockRequest): Promise<OrderBook>
  ranking(request: Omit<RankingRequest, 'venue'> & StockRequest): Promise<RankedStock[]>
  themes(request?: StockRequest & { ticker?: string; days?: number }): Promise<Theme[]>
  themeStocks(theme: string, options?: StockRequest & { days?: number }): Promise<ThemeStock[]>
  /** Gives the access token back. Other programs with the same key may be using it. */
  revokeToken(): Promise<void>
  counts(): KiwoomCounts
}

/** Makes a source. Nothing is asked before something is wanted; close it when done. */
export function createKiwoomSource(options: KiwoomOptions): KiwoomSource {
  const clock = options.clock ?? systemClock
  const random = options.random ?? Math.random
  const calendar = options.calendar ?? krxCalendar()
  const venue = options.venue ?? 'KRX'
  const refusals = createRefusals()
  const redactor = createRedactor()
  const onEvent: EventListener = options.onEvent ?? (() => {})
  const scheduler =
    options.scheduler ?? createScheduler(clock, { perSecond: 1, ...options.allowance })
  const client = createRestClient({
    settings: options.settings,
    clock,
    random,
    transport: options.transport ?? fetchTransport,
    scheduler,
    redactor,
    refusals,
    onEvent,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
  })
  const asker: Asker = { client, refusals, clock, calendar, onEvent }
  const live = createLiveFeed({
    ...options,
    url: options.settings.socketUrl,
    clock,
    random,
    tokens: client.tokens,
    openSocket: options.openSocket ?? openWebSocket,
    calendar,
    refusals,
    clean: redactor.redact,
    onEvent,
    chart: (ticker, of, from, priority: RequestPriority) =>
      minuteChart(asker, { ticker, venue: of, from, priority, pages: 2 }),
  })
  const at = <T extends StockRequest>(request: T): T & { readonly venue: QuoteVenue } => ({
    ...request,
    venue: request.venue ?? venue,
  })

  return {
    venue,
    live,
    listStocks: (request) => listStocks(asker, request),
    dailyBars: async (request) => {
      const rows = await dailyChart(asker, at(request))
      return barRows([{ ticker: request.ticker, rows }])
    },
    weeklyBars: (request) => weeklyChart(asker, at(request)),
    flows: async (request) => {
      const rows = await investors(asker, at(request))
      return flowRows([{ ticker: request.ticker, rows }])
    },
    flowChart: async (request) => {
      const rows = await investorChart(asker, at(request))
      return flowRows([{ ticker: request.ticker, rows }])
    },
    indexBars: async (request) => {
      const rows = await indexDaily(asker, request)
      return indexRows([{ ticker: request.ticker, rows }])
    },
    minuteBars: async (request) => {
      const of = at(request)
      const from = instantOf(dayNumber(request.from ?? request.to), 0)
      const { bars } = await minuteChart(asker, { ...of, from })
      const until = instantOf(dayNumber(request.to) + 1, 0)
      const wanted = bars.filter((bar) => bar.openTime < until)
      return minuteRows(request.ticker, of.venue, wanted)
    },
    subscribe: (tickers, listener) => live.subscribe(tickers, listener),
    basicInfo: (ticker, request = {}) => basicInfo(asker, ticker, request.venue ?? venue, request),
    ticks: (request) => tickChart(asker, at(request)),
    indexNow: (code, request) => indexNow(asker, code, request),
    industryIndexes: (market, request) => industryIndexes(asker, market, request),
    foreignHoldings: (request) => foreignHoldings(asker, at(request)),
    institutionTrend: (request) => institutionTrend(asker, at(request)),
    buyingStreaks: (request) => buyingStreaks(asker, at(request)),
    orderBook: (ticker, request = {}) => orderBook(asker, ticker, request.venue ?? venue, request),
    ranking: (request) => ranking(asker, at(request)),
    themes: (request = {}) => themes(asker, at(request)),
    themeStocks: (theme, request = {}) => themeStocks(asker, { ...at(request), theme }),
    revokeToken: () => client.revoke(),
    counts: () => ({ requests: scheduler.counts(), refusals: refusals.counts() }),
    close: async () => {
      live.close()
      // A shared scheduler belongs to whoever made it.
      if (options.scheduler === undefined) scheduler.close()
    },
  }
}
