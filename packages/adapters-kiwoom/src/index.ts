export type { IssuedToken, TokenSource } from './auth/token-source.js'
export { type Clock, scaledClock, sleep, systemClock, type Timer } from './clock.js'
export type { EventListener, KiwoomEvent } from './events.js'
export {
  createKiwoomSource,
  type KiwoomCounts,
  type KiwoomOptions,
  type KiwoomSource,
} from './kiwoom-source.js'
export type { RandomSource } from './limits/back-off.js'
export {
  type Allowance,
  createScheduler,
  type RequestScheduler,
  type SchedulerCounts,
} from './limits/scheduler.js'
export { type BudgetChange, type BudgetOptions, shareSlots } from './limits/subscription-budget.js'
export { type DayBar, type MinuteBar, minuteRows } from './map/columns.js'
export type { ListingWarning, StockListing } from './map/stocks.js'
export { createRefusals, type Refusals } from './refusals.js'
export type { TickBar } from './rest/charts.js'
export type { IndexNow, IndexQuote } from './rest/indexes.js'
export type { BuyingStreak, ForeignHolding, InstitutionTrend } from './rest/investors.js'
export type { BookLevel, OrderBook } from './rest/order-book.js'
export type { RankedStock, RankingName, RankingRequest } from './rest/rankings.js'
export type { BasicInfo, ListOptions } from './rest/stocks.js'
export type { Theme, ThemeStock } from './rest/themes.js'
export {
  fetchTransport,
  type HttpAnswer,
  type HttpRequest,
  type HttpTransport,
} from './rest/transport.js'
export { Secret } from './secret.js'
export {
  KIWOOM_ENVIRONMENTS,
  KIWOOM_HOSTS,
  type KiwoomEnvironment,
  type KiwoomSettings,
  readKiwoomSettings,
} from './settings.js'
export { simulatorClock } from './simulator-clock.js'
export type { ConditionSearch, FoundStock, SavedSearch } from './socket/conditions.js'
export type { ConnectionState } from './socket/connection.js'
export {
  createDecoder,
  type DecoderOptions,
  type FrameResult,
  type FrameSink,
} from './socket/decode-frame.js'
export type { FeedHealth, FeedSettings, LiveFeed } from './socket/feed-types.js'
export type * from './socket/live-types.js'
export {
  type OpenSocket,
  openWebSocket,
  type Socket,
  type SocketHandlers,
} from './socket/socket.js'
export {
  KIWOOM_SOURCE,
  type SyncOptions,
  type SyncProgress,
  type SyncReport,
  syncMarket,
} from './sync/sync-market.js'
