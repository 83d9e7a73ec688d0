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
  type ScreenCondition,
  type ScreenDefinition,
  type Strategy,
  type StrategyDefinition,
} from './define-strategy.js'
export { parseOptions, type StandardSchema } from './standard-schema.js'
export type { Text } from './text.js'
