import { RalphError } from '@ralph-stock/core'
import type { JobView, ScanStateView, ScanStatusView, StartedJobView } from '../api/index.js'
import type { JobPayload, ServerContext } from '../context.js'

/** Enough of the newest jobs to find the last of each kind. */
const NEWEST = 100

/**
 * Starts a job and says where it is followed.
 *
 * @throws RalphError E_JOB_RUNNING when the same work is under way, with its `job_id`
 */
export async function startJob(
  { jobs }: Pick<ServerContext, 'jobs'>,
  name: string,
  payload: JobPayload,
): Promise<StartedJobView> {
  const { job, started } = await jobs.start(name, payload)
  const [href, topic] = [`/api/system/jobs/${encodeURIComponent(job.id)}`, `job:${job.id}`]
  if (started) return { job, href, topic }
  throw new RalphError('E_JOB_RUNNING', `the same ${name} is ${job.status} already`, {
    job_id: job.id,
    href,
    topic,
  })
}

/** The scan of a strategy that is under way, and the last one that ended. */
export async function scanStateView(
  { jobs }: Pick<ServerContext, 'jobs'>,
  strategy: ScanStateView['strategy'],
): Promise<ScanStateView> {
  const lists = await Promise.all(
    ['scan', strategy].map((name) => jobs.list({ name, limit: NEWEST })),
  )
  const own = lists
    .flatMap((page) => page.jobs)
    .filter((job) => strategyOf(job) === strategy)
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
  return {
    strategy,
    running: own.find(isUnderWay) ?? null,
    last: own.find((job) => !isUnderWay(job)) ?? null,
  }
}

/** All that is under way, and the last job of each kind that ended: `scan:vcp`, `sync`, ... */
export async function scanStatusView({
  jobs,
}: Pick<ServerContext, 'jobs'>): Promise<ScanStatusView> {
  const [running, queued, newest] = await Promise.all([
    jobs.list({ status: 'running', limit: NEWEST }),
    jobs.list({ status: 'queued', limit: NEWEST }),
    jobs.list({ limit: NEWEST }),
  ])
  const last: Record<string, JobView> = {}
  for (const job of newest.jobs) {
    const strategy = strategyOf(job)
    const kind = job.name === 'scan' && strategy !== null ? `scan:${strategy}` : job.name
    if (!isUnderWay(job)) last[kind] ??= job
  }
  return { running: [...running.jobs, ...queued.jobs], last }
}

function isUnderWay({ status }: JobView): boolean {
  return status === 'queued' || status === 'running'
}

// Some jobs have the name of the strategy that they are about.
function strategyOf({ name, payload }: JobView): string | null {
  if (name !== 'scan') return name
  const { strategy } = payload
  return typeof strategy === 'string' ? strategy : null
}

/** @throws RalphError E_JOB_UNKNOWN */
export async function foundJob(
  { jobs }: Pick<ServerContext, 'jobs'>,
  id: string,
): Promise<JobView> {
  const job = await jobs.get(id)
  if (job !== null) return job
  throw new RalphError('E_JOB_UNKNOWN', `no job has the id "${id}"`, { id })
}
