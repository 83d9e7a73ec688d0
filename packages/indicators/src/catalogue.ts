import type { CatalogueEntry } from './catalogue/entry.js'
import { PRICE_ENTRIES } from './catalogue/price-entries.js'
import { SHAPE_ENTRIES } from './catalogue/shape-entries.js'

export type { CatalogueEntry, CatalogueParameter } from './catalogue/entry.js'

/**
 * Every indicator of this package as data: names, titles, parameters with defaults and limits, outputs
 * and sources. Documents and pages are made from it, and a test holds it against the functions.
 *
 * @example INDICATOR_CATALOGUE.find(({ id }) => id === 'sma')?.title.ko // 단순이동평균
 */
export const INDICATOR_CATALOGUE: readonly CatalogueEntry[] = Object.freeze([
  ...PRICE_ENTRIES,
  ...SHAPE_ENTRIES,
])
