import { bars, kernelColumn } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import * as cheats from '../cheats/indicators.js'
import { checkIndicatorLaws, INDICATOR_LAWS } from './indicator-laws.js'
import { LawViolation } from './law.js'

const mean2 = kernelColumn({
  name: 'mean2',
  inputs: [bars.close],
  reach: 2,
  kernel: (out, from, to, [x]) => {
    for (let i = from; i < to; i++) out[i] = ((x?.[i - 1] ?? Number.NaN) + (x?.[i] ?? 0)) / 2
  },
})

describe('the laws of indicators', () => {
  it('hold for a column of the package and for one of an author', () => {
    expect(checkIndicatorLaws(bars.close).laws).toHaveLength(INDICATOR_LAWS.length)
    expect(
      checkIndicatorLaws({ mean2, before: mean2.shift(3) }, { seed: 5, runs: 20 }),
    ).toMatchObject({ subject: 'mean2, before', seed: 5 })
  })

  for (const [law, column] of Object.entries(cheats)) {
    const id = law.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    it(`catches a cheat by ${id}`, () => {
      try {
        checkIndicatorLaws(column)
      } catch (error) {
        expect(error).toBeInstanceOf(LawViolation)
        expect((error as LawViolation).law).toBe(id)
        expect((error as LawViolation).words).toContain(column.key)
        return
      }
      throw new Error(`nothing caught ${column.key}`)
    })
  }

  it('have a cheat each', () => {
    const ids = Object.keys(cheats).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(ids.sort()).toEqual(INDICATOR_LAWS.map(({ id }) => id).sort())
  })
})
