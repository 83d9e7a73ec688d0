export { difference, product, ratio, scaled, total } from './arithmetic.js'
export {
  type Column,
  type CrossSection,
  isColumn,
  type Kernel,
  type KernelColumnDefinition,
  kernelColumn,
  kernelColumns,
  type Operation,
  type SectorMeasure,
} from './column.js'
export { type ColumnStream, columnStream } from './column-stream.js'
export {
  acrossSectors,
  type CrossSectionOptions,
  countWithin,
  type PeerGroup,
  percentBelow,
  rankWithin,
} from './cross-section.js'
export { type EvaluationPlan, planEvaluation, sourcesOf } from './evaluation-plan.js'
export { createEvaluator, type Evaluator, evaluateColumn, type SourceData } from './evaluator.js'
export { bars, flows, type IndexColumns, index, news, sessions, source } from './sources.js'
export { windowed } from './windowed.js'
