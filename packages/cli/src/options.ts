import { isTradeDate, type MarketFilter } from '@ralph-stock/core'
import type { KeyFacts, Served } from '@ralph-stock/server'
import { z } from 'zod'
import { usageError } from './failure.js'
import type { Language } from './output/language.js'

const date = z.string().refine(isTradeDate, {
  error: ({ input }) => `must be a day written YYYY-MM-DD; found "${input}"`,
})
const listOf = (what: string): z.ZodType<readonly string[], string> =>
  z
    .string()
    .transform((text) => [
      ...new Set(
        text
          .split(',')
          .map((id) => id.trim())
          .filter(Boolean),
      ),
    ])
    .refine((ids) => ids.length > 0, { error: `must name at least one ${what}` })
const count = z
  .string()
  .regex(/^[1-9]\d{0,6}$/, {
    error: ({ input }) => `must be a whole number >= 1; found "${input}"`,
  })
  .transform(Number)
const port = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, {
    error: ({ input }) => `must be a port from 0 (a free one) to 65535; found "${input}"`,
  })
  .transform(Number)
const speed = z
  .string()
  .refine((text) => /^\d+(?:\.\d+)?$/.test(text) && Number(text) > 0 && Number(text) <= 10_000, {
    error: ({ input }) => `must be a number above 0, up to 10000; found "${input}"`,
  })
  .transform(Number)
const seed = z
  .string()
  .regex(/^\d{1,9}$/, { error: ({ input }) => `must be a whole number >= 0; found "${input}"` })
  .transform(Number)
const oneOf = <const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number]> =>
  z.enum(values, { error: ({ input }) => `must be ${values.join(', ')}; found "${String(input)}"` })

const common = {
  home: z.string().min(1, { error: 'must name a folder' }).optional(),
  lang: oneOf(['ko', 'en']).optional(),
}
const asOf = { date: date.optional(), json: z.boolean().default(false) }

const IMPORT = z.object({ ...common, listDate: date.optional(), json: z.boolean().default(false) })
const SCAN = z.object({
  ...common,
  ...asOf,
  strategy: listOf('strategy').optional(),
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

const REPORTED = z.object({ ...common, json: z.boolean().default(false) })
const SIMULATOR = z.object({
  ...common,
  port,
  host: z.string().min(1, { error: 'must name an address' }),
  speed,
  date: date.optional(),
  seed: seed.optional(),
  stocks: count.optional(),
  json: z.boolean().default(false),
})
const SYNC = z.object({
  ...common,
  from: date.optional(),
  tickers: listOf('ticker')
    .transform((tickers) => tickers.map((ticker) => ticker.toUpperCase()))
    .optional(),
  json: z.boolean().default(false),
})

const KEY_SCOPES = ['read', 'scan', 'admin'] as const satisfies ReadonlyArray<KeyFacts['scope']>
/** What one process may serve. */
const SERVICES = [
  'all',
  'gateway',
  'vcp-scanner',
  'signal-engine',
  'daytrading-scanner',
  'chatbot',
] as const satisfies readonly Served[]
const KEYS_CREATE = z.object({
  ...common,
  name: z.string().min(1, { error: 'must not be empty' }).max(100),
  scope: oneOf(KEY_SCOPES).default('read'),
  days: count.optional(),
  json: z.boolean().default(false),
})
const LISTENING = {
  port: port.optional(),
  host: z.string().min(1, { error: 'must name an address' }).optional(),
  speed: speed.optional(),
}
const START = z.object({ ...common, ...LISTENING, once: z.boolean().default(false) })
const SERVE = z.object({
  ...common,
  ...LISTENING,
  service: oneOf(SERVICES).default('all'),
  follow: z.boolean().default(true),
})

/** Options that every command has. */
export type CommonOptions = {
  readonly home?: string | undefined
  readonly lang?: Language | undefined
}

/** Where a service listens, and how fast its simulated market runs. */
type ListeningOptions = {
  readonly port?: number | undefined
  readonly host?: string | undefined
  readonly speed?: number | undefined
}
export type StartOptions = CommonOptions & ListeningOptions & { readonly once: boolean }
export type ServeOptions = CommonOptions &
  ListeningOptions & {
    readonly service: Served
    readonly follow: boolean
  }
export type KeysCreateOptions = CommonOptions & {
  readonly name: string
  readonly scope: KeyFacts['scope']
  /** Until it expires; never when absent. */
  readonly days?: number | undefined
  readonly json: boolean
}
export type KeysOptions = CommonOptions & { readonly json: boolean }
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
/** Which way `ralph-stock migrate` goes. */
export const MIGRATE_STEPS = ['up', 'down', 'status'] as const

export type MigrateStep = (typeof MIGRATE_STEPS)[number]
export type MigrateOptions = CommonOptions & { readonly json: boolean }
export type DoctorOptions = CommonOptions & { readonly json: boolean }
export type SimulatorOptions = CommonOptions & {
  readonly port: number
  readonly host: string
  readonly speed: number
  readonly date?: string | undefined
  readonly seed?: number | undefined
  readonly stocks?: number | undefined
  readonly json: boolean
}
export type SyncOptions = CommonOptions & {
  readonly from?: string | undefined
  readonly tickers?: readonly string[] | undefined
  readonly json: boolean
}

export const parseStartOptions = (given: unknown): StartOptions => parse(START, given)
export const parseServeOptions = (given: unknown): ServeOptions => parse(SERVE, given)
export const parseKeysCreateOptions = (given: unknown): KeysCreateOptions =>
  parse(KEYS_CREATE, given)
export const parseKeysOptions = (given: unknown): KeysOptions => parse(REPORTED, given)
export const parseImportOptions = (given: unknown): ImportOptions => parse(IMPORT, given)
export const parseScanOptions = (given: unknown): ScanOptions => parse(SCAN, given)
export const parseScoreOptions = (given: unknown): ScoreOptions => parse(SCORE, given)
export const parseMigrateOptions = (given: unknown): MigrateOptions => parse(REPORTED, given)
export const parseDoctorOptions = (given: unknown): DoctorOptions => parse(REPORTED, given)
export const parseSimulatorOptions = (given: unknown): SimulatorOptions => parse(SIMULATOR, given)
export const parseSyncOptions = (given: unknown): SyncOptions => parse(SYNC, given)

/** The number of a key, as `keys list` shows it. */
export function parseKeyId(given: string): number {
  const read = count.safeParse(given)
  if (read.success) return read.data
  throw usageError(`a key's id ${read.error.issues[0]?.message ?? 'is wrong'}`)
}

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
