import type { OptionsInput } from '@ralph-stock/core'
import { z } from 'zod'

/** Every threshold of the market gate. Changes are fractions: 0.01 is 1 %. */
export type MarketGateOptions = {
  readonly index: { readonly strongRise: number; readonly mildFall: number }
  readonly sectors: {
    readonly rise: number
    readonly fall: number
    readonly minimumMembers: number
    readonly sensitivity: number
  }
  readonly grades: { readonly GREEN: number; readonly YELLOW: number }
}

/** What a caller of `marketGate` writes; all of it may be left out. */
export type MarketGateInput = OptionsInput<MarketGateOptions>

const move = z.number().min(0).max(0.3).default(0.01)

const index = z
  .strictObject({
    strongRise: move.describe('Rise of an index that must be exceeded for full points'),
    mildFall: move.describe('Fall of an index that still earns a quarter'),
  })
  .readonly()
  .prefault({})

const sectors = z
  .strictObject({
    rise: move.describe("A sector's mean change above this counts as rising"),
    fall: move.describe("A sector's mean change below minus this counts as falling"),
    minimumMembers: z
      .int()
      .min(1)
      .max(1000)
      .default(5)
      .describe('A sector with fewer known members is left out'),
    sensitivity: z
      .number()
      .min(0.1)
      .max(100)
      .default(2)
      .describe('Multiplies the balance of sectors before it is cut to -1 .. 1'),
  })
  .readonly()
  .prefault({})

const points = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(100).default(value)
const grades = z
  .strictObject({
    GREEN: points(70).describe('Least score for GREEN'),
    YELLOW: points(40).describe('Least score for YELLOW; RED below it'),
  })
  .refine((o) => o.GREEN > o.YELLOW, { message: 'GREEN must be above YELLOW' })
  .readonly()
  .prefault({})

/** The validator of `MarketGateOptions`, with minimum, maximum, default and words for each. */
export const marketGateOptions: z.ZodType<MarketGateOptions, MarketGateInput> = z
  .strictObject({ index, sectors, grades })
  .readonly()
