export type { BarStore, LoadRequest, StoreSummary } from './bar-store.js'
export type {
  BarRows,
  BatchReport,
  FlowRows,
  IndexRows,
  KeyColumns,
  MarketBatch,
  WriteCount,
} from './market-rows.js'
