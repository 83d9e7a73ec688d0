import type { ReferenceStrategyId } from '@ralph-stock/test-reference'
import { marketInWords, marketScripts, rowsOf } from '@ralph-stock/testing'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { differencesOn, readTwice } from './differences.js'
import { commonRows, STRATEGIES } from './pipeline.js'

const RUNS = 40

describe('generated markets', () => {
  for (const [id, strategy] of Object.entries(STRATEGIES)) {
    it(`are scored by ${id} as the naive reading of the rules scores them`, () => {
      const bars = Math.max(strategy.lookback, 20)
      fc.assert(
        fc.property(marketScripts({ bars, stocks: 8 }), fc.nat({ max: 5 }), (script, back) => {
          const rows = rowsOf(script)
          const date = rows.sessions.at(-1 - back) ?? rows.sessions[0] ?? ''
          const both = readTwice(commonRows(rows))
          // Sound: the entries are those of a record by these ids.
          const lines = differencesOn(both, date, id as ReferenceStrategyId)
          if (lines.length > 0) {
            throw new Error(`on ${date}\n${lines.join('\n')}\n${marketInWords(script)}`)
          }
        }),
        { numRuns: RUNS },
      )
    })
  }
})
