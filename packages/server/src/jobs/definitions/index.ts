import type { JobDefinition } from '../definition.js'
import type { ScheduleEntry } from '../schedule.js'
import { afterCloseJob, trackSignalsJob } from './after-close.js'
import { closingBetJob } from './closing-bet.js'
import { marketGateJob } from './market-gate.js'
import { scanJob } from './scan.js'
import { syncJob, syncListJob } from './sync.js'
import type { Work } from './work.js'

export { SCANNED_DAILY } from './after-close.js'
export type { Work } from './work.js'

/** Every kind of work that the service knows, by the name of its jobs. */
export function jobDefinitions(work: Work): Readonly<Record<string, JobDefinition>> {
  return {
    scan: scanJob(work),
    sync: syncJob(work),
    'sync-list': syncListJob(work),
    'market-gate': marketGateJob(work),
    'closing-bet': closingBetJob(work),
    'after-close': afterCloseJob(work),
    'track-signals': trackSignalsJob(work),
  }
}

/** A session's work, in Korean time. */
export const DAILY_PLAN: readonly ScheduleEntry[] = [
  { job: 'sync-list', cron: '0 8 * * *', anchor: 'open', catchUp: true },
  { job: 'market-gate', cron: '0 9 * * *', anchor: 'open', catchUp: true },
  { job: 'closing-bet', cron: '10 15 * * *', anchor: 'close', catchUp: true },
  { job: 'after-close', cron: '45 15 * * *', anchor: 'close', catchUp: true },
  // Net buying is final at 18:30; what it changes is corrected.
  { job: 'after-close', label: 'final', cron: '35 18 * * *', anchor: 'close', catchUp: false },
]
