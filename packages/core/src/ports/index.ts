export type { BarStore, LoadRequest, StoreSummary } from './bar-store.js'
export type { Clock, Timer } from './clock.js'
export type {
  MarketDataSource,
  MinuteRows,
  QuoteVenue,
  RequestOptions,
  RequestPriority,
  SeriesRequest,
  TickSubscription,
} from './market-data.js'
export type {
  BarRows,
  BatchReport,
  FlowRows,
  IndexRows,
  KeyColumns,
  MarketBatch,
  WriteCount,
} from './market-rows.js'
export type {
  FinishedScan,
  SavedScan,
  SignalCursor,
  SignalEntry,
  SignalExit,
  SignalFill,
  SignalKey,
  SignalQuery,
  SignalStore,
  StoredSignal,
} from './signal-store.js'
