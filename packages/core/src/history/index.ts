export {
  type AllocateBuffer,
  type HistoryCard,
  type HistoryLayout,
  historyCard,
  historyOf,
  type MarketHistory,
  NO_GRADE,
  type PointsColumn,
  plainBuffer,
  type StockHistory,
  type StrategyHistory,
} from './history.js'
export { type PackedMarket, packMarket, unpackMarket } from './packed-market.js'
export {
  compareGroups,
  fillHistory,
  fillPanel,
  type HistoryWork,
  prepareHistory,
  scoreHistory,
} from './score-history.js'
