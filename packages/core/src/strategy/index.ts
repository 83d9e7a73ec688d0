export {
  type Claims,
  type Criterion,
  type CriterionDefinition,
  criterion,
  type Inputs,
  type Values,
} from './criterion.js'
export {
  type AnnotationDefinition,
  API_VERSION,
  type BarWindow,
  condition,
  defineStrategy,
  type EvidenceDefinition,
  evidence,
  type Group,
  type GroupDefinition,
  lookbackOf,
  type ScreenCondition,
  type ScreenDefinition,
  type Strategy,
  type StrategyDefinition,
} from './define-strategy.js'
export {
  formatChange,
  formatExactPercent,
  formatMoney,
  formatNumber,
  formatPercent,
  formatPrice,
} from './format.js'
export { type OptionsInput, parseOptions, type StandardSchema } from './standard-schema.js'
export type { Text } from './text.js'
