import type { Job } from '@ralph-stock/adapters-timescale'
import { type JobView, jobStatus } from '../api/index.js'

/** A job of the store as the API shows it. */
export function jobView(job: Job): JobView {
  return {
    id: job.id,
    name: job.name,
    status: jobStatus.parse(job.status),
    payload: recordOf(job.payload) ?? {},
    progress: progressView(job.progress),
    result: recordOf(job.result),
    error: job.error === null ? null : { code: job.errorCode ?? 'E_INTERNAL', message: job.error },
    attempts: job.attempts,
    created_at: job.createdAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    finished_at: job.finishedAt?.toISOString() ?? null,
  }
}

/** Progress as the API shows it. */
export function progressView(progress: unknown): JobView['progress'] {
  const record = recordOf(progress)
  if (record === null) return null
  const { done, total, step, estimatedEndAt } = record
  return {
    done: Number(done ?? 0),
    total: typeof total === 'number' ? total : null,
    step: String(step ?? ''),
    estimated_end_at:
      typeof estimatedEndAt === 'number' ? new Date(estimatedEndAt).toISOString() : null,
  }
}

function recordOf(value: unknown): Record<string, unknown> | null {
  // Sound: what is an object and no list has names.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
