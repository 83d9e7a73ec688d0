import type {
  apiKeys,
  backtestKpi,
  jobPage,
  realtimePrices,
  scanEntry,
  scanState,
  signalPage,
  startedJob,
  stockPage,
  stockScore,
  stockSignals,
} from '@ralph-stock/server/api'

type Shape<Schema extends { readonly _output: unknown }> = Schema['_output']

// Answers whose types the service does not name; the schemas themselves stay out of the bundle.
export type SignalPage = Shape<typeof signalPage>
export type StockPage = Shape<typeof stockPage>
export type StockSignals = Shape<typeof stockSignals>
export type StockScore = Shape<typeof stockScore>
export type RealtimePrices = Shape<typeof realtimePrices>
export type ScanEntry = Shape<typeof scanEntry>
export type ScanState = Shape<typeof scanState>
export type StartedJob = Shape<typeof startedJob>
export type JobPage = Shape<typeof jobPage>
export type ApiKeys = Shape<typeof apiKeys>
export type BacktestKpi = Shape<typeof backtestKpi>

/** What the health answer says of a strategy. */
export type StrategyView = import('@ralph-stock/server/api').SystemHealthView['strategies'][number]
