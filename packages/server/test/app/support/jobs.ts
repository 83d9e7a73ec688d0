import { RalphError } from '@ralph-stock/core'
import type { JobView } from '../../../src/api/index.js'
import type { Jobs } from '../../../src/context.js'

const NAMES = ['scan', 'sync', 'sync-list', 'market-gate', 'closing-bet', 'track-signals']

/** Jobs that are done as soon as they are started, kept in memory: a port for what does not test jobs. */
export function instantJobs(): Jobs {
  const jobs: JobView[] = []
  return {
    async start(name, payload = {}, id = `${name}-${jobs.length + 1}`) {
      if (!NAMES.includes(name)) throw new RalphError('E_JOB_UNKNOWN', `no job is called "${name}"`)
      const known = jobs.find((job) => job.id === id)
      if (known !== undefined) return { job: known, started: false }
      const at = new Date(0).toISOString()
      const job: JobView = {
        id,
        name,
        status: 'done',
        payload: { ...payload },
        progress: null,
        result: {},
        error: null,
        attempts: 1,
        created_at: at,
        started_at: at,
        finished_at: at,
      }
      jobs.unshift(job)
      // Enough of them for pages; a flood of requests does not fill the memory.
      jobs.length = Math.min(jobs.length, 500)
      return { job, started: true }
    },
    get: async (id) => jobs.find((job) => job.id === id) ?? null,
    async list({ status, name, limit, cursor = '0' }) {
      const from = Number(cursor)
      if (!Number.isSafeInteger(from) || from < 0) {
        throw new RalphError('E_REQUEST_INVALID', 'cursor: it must be the next_cursor of a page')
      }
      const all = jobs.filter(
        (job) => (status ?? job.status) === job.status && (name ?? job.name) === job.name,
      )
      const page = all.slice(from, from + limit)
      const next = from + limit
      return { jobs: page, nextCursor: next < all.length ? String(next) : null }
    },
    counts: () => ({ queued: 0, running: 0 }),
  }
}
