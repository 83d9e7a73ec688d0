import { z } from 'zod'
import { scanEntry } from './card.js'
import { instant, marketFilter, nextCursor, strategyId, ticker, tradeDate } from './scalars.js'

export const JOB_STATES = ['queued', 'running', 'done', 'failed'] as const
export const jobStatus = z.enum(JOB_STATES)

/** A piece of work of the service and what became of it. */
export const job = z
  .object({
    id: z.string(),
    name: z.string().describe('scan, sync, sync-list, market-gate, closing-bet, track-signals'),
    status: jobStatus,
    payload: z.record(z.string(), z.unknown()),
    progress: z
      .object({
        done: z.number(),
        total: z.number().nullable(),
        step: z.string(),
        estimated_end_at: instant.nullable(),
      })
      .nullable(),
    result: z.record(z.string(), z.unknown()).nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    attempts: z.number(),
    created_at: instant,
    started_at: instant.nullable(),
    finished_at: instant.nullable(),
  })
  .meta({ id: 'Job' })
export type JobView = z.infer<typeof job>

export const jobQuery = z.object({
  status: jobStatus.optional(),
  name: z.string().max(50).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
})
export const jobPage = z
  .object({ jobs: z.array(job), next_cursor: nextCursor })
  .meta({ id: 'JobPage' })

/** Body of a request to scan; all of it may be left out. */
export const scanBody = z
  .object({
    date: tradeDate.optional(),
    market: marketFilter.default('ALL').describe('Which stocks become signals'),
    min_grade: z.string().max(10).optional(),
    save: z
      .boolean()
      .default(true)
      .describe('Whether the screened cards become signals; not while their session is on'),
  })
  .prefault({})

export type ScanBody = z.infer<typeof scanBody>

/** Where a started job is followed. */
export const startedJob = z
  .object({ job, href: z.string(), topic: z.string().describe('On the socket') })
  .meta({ id: 'StartedJob' })
export type StartedJobView = z.infer<typeof startedJob>

export const scanQuery = z.object({
  date: tradeDate.optional(),
  market: marketFilter.default('ALL'),
  min_grade: z.string().max(10).optional(),
  all: z.stringbool().default(false).describe('Every eligible stock, screened or not'),
  top: z.coerce.number().int().min(1).max(5000).optional(),
})

export type ScanQuery = z.infer<typeof scanQuery>

/** The cards of one session, best first. */
export const scanResult = z
  .object({
    strategy: strategyId,
    as_of: tradeDate,
    live: z.boolean(),
    universe: z.object({
      eligible: z.number(),
      excluded: z.record(z.string(), z.number()).describe('How many, by reason'),
      as_of: tradeDate.nullable(),
    }),
    grades: z.record(z.string(), z.number()),
    screened: z.number(),
    unknown: z.record(z.string(), z.number()).describe('For how many cards, by criterion'),
    entries: z.array(scanEntry),
  })
  .meta({ id: 'ScanResult' })
export type ScanResultView = z.infer<typeof scanResult>

/** The scan of one strategy that is under way, and the last one that ended. */
export const scanState = z
  .object({ strategy: strategyId, running: job.nullable(), last: job.nullable() })
  .meta({ id: 'ScanState' })
export type ScanStateView = z.infer<typeof scanState>

/** What runs now and what ran last, by job name and strategy. */
export const scanStatus = z
  .object({ running: z.array(job), last: z.record(z.string(), job) })
  .meta({ id: 'ScanStatus' })
export type ScanStatusView = z.infer<typeof scanStatus>

/** Who is considered and who was left out, and why. */
export const universe = z
  .object({
    as_of: tradeDate,
    list_date: tradeDate.nullable(),
    eligible: z.number(),
    excluded: z.array(
      z.object({ ticker, name: z.string(), market: z.string(), reason: z.string() }),
    ),
  })
  .meta({ id: 'Universe' })
export type UniverseView = z.infer<typeof universe>
