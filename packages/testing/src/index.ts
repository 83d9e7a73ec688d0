export { testBarStore } from './contracts/bar-store.js'
export { type ContractCheck, ContractViolation } from './contracts/check.js'
export { type MarketDataExample, testMarketDataSource } from './contracts/market-data.js'
export { memorySignalStore } from './contracts/memory-signal-store.js'
export { testSignalStore } from './contracts/signal-store.js'
export {
  checkIndicatorLaws,
  INDICATOR_LAWS,
  type IndicatorInput,
  type IndicatorLawOptions,
} from './laws/indicator-laws.js'
export { type LawOptions, type LawReport, LawViolation, type Trial } from './laws/law.js'
export { checkStrategyLaws, STRATEGY_LAWS } from './laws/strategy-laws.js'
export {
  barsArbitrary,
  flowsArbitrary,
  type MarketOptions,
  marketArbitrary,
  marketScripts,
  newsArbitrary,
  universeArbitrary,
} from './market/arbitraries.js'
export {
  LAST_SESSION,
  type MarketRows,
  marketOf,
  rowsOf,
  type StockRows,
  seriesOf,
  through,
} from './market/market-rows.js'
export type {
  ArticleScript,
  FlowScript,
  MarketScript,
  Segment,
  SegmentKind,
  StockScript,
} from './market/script.js'
export { ticksArbitrary, ticksOf } from './market/ticks.js'
export { marketInWords } from './market/words.js'
