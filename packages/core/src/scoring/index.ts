export type {
  CardFlag,
  CriterionResult,
  Evidence,
  Outcome,
  ScoreCard,
  SectorChange,
} from './card.js'
export { above, atLeast, atMost, below, lowerEdge, upperEdge } from './edges.js'
export { MARKET_TICKER, type MarketScan, scanMarket, scoreStock } from './scan.js'
export { type ScoreOptions, score } from './score.js'
export {
  type Band,
  type Step as PointStep,
  stepsAtLeast,
  stepsBelow,
  stepsWithin,
} from './steps.js'
