import { bars, type Column, isColumn, sessions } from '@ralph-stock/core'
import { checkIndicatorLaws } from '@ralph-stock/testing'
import { describe, it } from 'vitest'
import { INDICATOR_CATALOGUE } from './catalogue.js'
import * as exported from './index.js'

type Indicator = (...inputs: readonly unknown[]) => Column | Readonly<Record<string, Column>>

const NAMED: Readonly<Record<string, Column>> = { ...bars, ordinal: sessions.ordinal }
const RUNS = 8

describe('every indicator keeps the laws', () => {
  for (const { id, inputs, call } of INDICATOR_CATALOGUE) {
    if (call === 'arrays') continue
    // Sound: a test of the catalogue holds each id against the exported functions.
    const indicator = (exported as unknown as Record<string, Indicator>)[id] as Indicator
    const columns = inputs.map((name) => NAMED[name] ?? bars.close)
    it(id, () => {
      const made = indicator(...(call === 'list' ? [columns] : columns))
      const outputs = isColumn(made) ? { [id]: made } : made
      // Halts, splits and flat stretches leave the first values of some without movement.
      checkIndicatorLaws(outputs, { runs: RUNS, exactWarmUp: false })
    })
  }
})
