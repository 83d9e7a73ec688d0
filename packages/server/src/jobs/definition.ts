import type { JobPayload } from '../context.js'

/** How far a job is. */
export type JobProgress = {
  readonly done: number
  /** Null while nobody knows. */
  readonly total: number | null
  /** What it is at, in a word or two. */
  readonly step: string
  /** Epoch ms; null while nobody knows. */
  readonly estimatedEndAt?: number | null
}

/** What a running job is given. */
export type JobRun = {
  readonly id: string
  /** Aborted when the service stops: a job that then rejects is queued again. */
  readonly signal: AbortSignal
  /** Which try this is, from 1. */
  readonly attempt: number
  /** Tells how far it is; told to the socket at once, to the store now and then. */
  progress(progress: JobProgress): void
}

/** One kind of work. */
export type JobDefinition = {
  /** Jobs of one lane run one after the other; the name of the job unless said. */
  readonly lane?: string
  /** How often it is tried before it has failed; 1 unless said. */
  readonly attempts?: number
  /** Whether a job that the end of a process cut short is run again; true unless said. */
  readonly resumes?: boolean
  /** Resolves to what the job came to. It may be run again from the start, so it must not repeat itself. */
  run(payload: JobPayload, run: JobRun): Promise<Readonly<Record<string, unknown>>>
}
