export { type Article, type Bar, type BarKind, classifyBar, type Flow } from './bar.js'
export {
  createSeries,
  type SeriesColumnsInput,
  type SeriesInput,
  seriesFromColumns,
} from './create-series.js'
export {
  type AlignedFlows,
  alignFlows,
  type FlowColumns,
  netValue,
  type PartedRows,
  type PriceRows,
  partRows,
} from './rows.js'
export {
  type Adjustment,
  type BarIssue,
  findDay,
  lastAtOrBefore,
  magnitudeOf,
  type Series,
  tailOf,
  type VolumeScope,
  viewOf,
} from './series.js'
