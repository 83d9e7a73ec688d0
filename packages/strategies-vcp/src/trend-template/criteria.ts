import type { Criterion } from '@ralph-stock/core'
import type { TemplateOptions } from '../options/template-options.js'
import { aboveLongAverages } from './criteria/above-long-averages.js'
import { aboveShortAverage } from './criteria/above-short-average.js'
import { aboveYearLow } from './criteria/above-year-low.js'
import { averagesOrdered } from './criteria/averages-ordered.js'
import { longAverageRising } from './criteria/long-average-rising.js'
import { nearYearHigh } from './criteria/near-year-high.js'
import { relativeStrength } from './criteria/relative-strength.js'
import { shortAverageAbove } from './criteria/short-average-above.js'

/** The eight conditions, in the order of the template. */
export function templateCriteria(options: TemplateOptions): readonly Criterion[] {
  return [
    aboveLongAverages(options),
    averagesOrdered(options),
    longAverageRising(options),
    shortAverageAbove(options),
    aboveShortAverage(options),
    aboveYearLow(options),
    nearYearHigh(options),
    relativeStrength(options),
  ]
}
