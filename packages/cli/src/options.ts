import { isTradeDate, type MarketFilter } from '@ralph-stock/core'
import { z } from 'zod'
import { usageError } from './failure.js'
import type { Language } from './output/language.js'

const date = z.string().refine(isTradeDate, {
  error: ({ input }) => `must be a day written YYYY-MM-DD; found "${input}"`,
})
const list = z
  .string()
  .transform((text) => [
    ...new Set(
      text
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    ),
  ])
  .refine((ids) => ids.length > 0, { error: 'must name at least one strategy' })
const count = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, {
    error: ({ input }) => `must be a whole number >= 1; found "${input}"`,
  })
  .transform(Number)
const oneOf = <const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number]> =>
  z.enum(values, { error: ({ input }) => `must be ${values.join(', ')}; found "${String(input)}"` })

const common = {
  home: z.string().min(1, { error: 'must name a folder' }).optional(),
  lang: oneOf(['ko', 'en']).optional(),
}
const asOf = { date: date.optional(), json: z.boolean().default(false) }

const START = z.object(common)
const IMPORT = z.object({ ...common, listDate: date.optional(), json: z.boolean().default(false) })
const SCAN = z.object({
  ...common,
  ...asOf,
  strategy: list.optional(),
  market: z.preprocess(
    (text) => (typeof text === 'string' ? text.toUpperCase() : text),
    oneOf(['ALL', 'KOSPI', 'KOSDAQ']),
  ),
  top: count.optional(),
  minGrade: z
    .string()
    .min(1)
    .transform((text) => text.toUpperCase())
    .optional(),
  all: z.boolean().default(false),
})
const SCORE = z.object({ ...common, ...asOf, strategy: z.string().min(1) })

/** Options that every command has. */
export type CommonOptions = {
  readonly home?: string | undefined
  readonly lang?: Language | undefined
}

export type StartOptions = CommonOptions
export type ImportOptions = CommonOptions & {
  readonly listDate?: string | undefined
  readonly json: boolean
}
export type ScanOptions = CommonOptions & {
  readonly strategy?: readonly string[] | undefined
  readonly date?: string | undefined
  readonly market: MarketFilter
  readonly top?: number | undefined
  readonly minGrade?: string | undefined
  readonly all: boolean
  readonly json: boolean
}
export type ScoreOptions = CommonOptions & {
  readonly strategy: string
  readonly date?: string | undefined
  readonly json: boolean
}

export const parseStartOptions = (given: unknown): StartOptions => parse(START, given)
export const parseImportOptions = (given: unknown): ImportOptions => parse(IMPORT, given)
export const parseScanOptions = (given: unknown): ScanOptions => parse(SCAN, given)
export const parseScoreOptions = (given: unknown): ScoreOptions => parse(SCORE, given)

function parse<T>(schema: z.ZodType<T>, given: unknown): T {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const name = String(issue?.path[0] ?? '').replace(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  )
  throw usageError(`--${name} ${issue?.message ?? 'is wrong'}`)
}
