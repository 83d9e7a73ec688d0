import { AiAnalysisRepository } from './ai-analysis-repository.js'
import { ApiKeyRepository } from './api-key-repository.js'
import { BacktestRepository } from './backtest-repository.js'
import { DailyPriceRepository } from './daily-price-repository.js'
import { DaytradingSignalRepository } from './daytrading-signal-repository.js'
import { JobRepository } from './job-repository.js'
import { MarketRepository } from './market-repository.js'
import { NewsRepository } from './news-repository.js'
import { PerformanceRepository } from './performance-repository.js'
import { QuoteRepository } from './quote-repository.js'
import type { Connection } from './repository.js'
import { ScanRepository } from './scan-repository.js'
import { SignalListRepository } from './signal-list-repository.js'
import { SignalRepository } from './signal-repository.js'
import { StockRepository } from './stock-repository.js'
import { VcpSignalRepository } from './vcp-signal-repository.js'

/** Every repository over one connection: the store's, or that of a transaction. */
export type Repositories = {
  readonly stocks: StockRepository
  readonly prices: DailyPriceRepository
  /** Stocks with what was paid for them last. */
  readonly quotes: QuoteRepository
  readonly signals: SignalRepository
  /** Signals of every strategy as lists show them, those of the day trade included. */
  readonly signalLists: SignalListRepository
  readonly vcpSignals: VcpSignalRepository
  readonly daytradingSignals: DaytradingSignalRepository
  readonly market: MarketRepository
  readonly performance: PerformanceRepository
  readonly backtests: BacktestRepository
  readonly aiAnalyses: AiAnalysisRepository
  readonly news: NewsRepository
  readonly scans: ScanRepository
  readonly jobs: JobRepository
  readonly apiKeys: ApiKeyRepository
}

/** Makes the repositories of a connection. */
export function repositoriesOn(db: Connection): Repositories {
  const signals = new SignalRepository(db)
  return {
    stocks: new StockRepository(db),
    prices: new DailyPriceRepository(db),
    quotes: new QuoteRepository(db),
    signals,
    signalLists: new SignalListRepository(db),
    vcpSignals: new VcpSignalRepository(signals),
    daytradingSignals: new DaytradingSignalRepository(db),
    market: new MarketRepository(db),
    performance: new PerformanceRepository(db),
    backtests: new BacktestRepository(db),
    aiAnalyses: new AiAnalysisRepository(db),
    news: new NewsRepository(db),
    scans: new ScanRepository(db),
    jobs: new JobRepository(db),
    apiKeys: new ApiKeyRepository(db),
  }
}

export type { AiAnalysis, FreshAnalysis } from './ai-analysis-repository.js'
export type { ApiKey } from './api-key-repository.js'
export type {
  BacktestFilter,
  BacktestResult,
  BacktestSummary,
  FreshBacktest,
} from './backtest-repository.js'
export type { PriceRevision, StoredPrice } from './daily-price-repository.js'
export type { Job, JobCursor, JobQuery } from './job-repository.js'
export type { MarketStatus } from './market-repository.js'
export type { StoredArticle } from './news-repository.js'
export type {
  DailyReturn,
  PerformanceFilter,
  PeriodPerformance,
  SignalPerformance,
} from './performance-repository.js'
export type { DataGap, QuotedStock, QuoteQuery, StockCursor } from './quote-repository.js'
export type { Page } from './repository.js'
export type { ScanRun } from './scan-repository.js'
export type { ListedSignal, SignalListQuery, SignalTotals } from './signal-list-repository.js'
export type { Signal, SignalFilter, SignalStatus, SignalWithStock } from './signal-repository.js'
export type { StoredFlow, StoredStock } from './stock-repository.js'
