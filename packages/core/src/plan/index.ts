export {
  CAPITAL,
  type PercentByGrade,
  type PlanDefinition,
  type PlanRule,
  POSITION_PERCENT,
} from './plan-rule.js'
export { krxMarket, type TradePlan, tradePlan } from './trade-plan.js'
