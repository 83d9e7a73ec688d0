import { randomUUID } from 'node:crypto'
import type { JobRepository } from '@ralph-stock/adapters-timescale'
import { type Clock, isRalphError, RalphError, type Timer } from '@ralph-stock/core'
import type { JobView } from '../api/index.js'
import type { JobPayload, Jobs } from '../context.js'
import type { JobDefinition, JobProgress } from './definition.js'
import { errorText, jobView, progressView, storedProgress } from './job-view.js'

/** What a runner is made of. */
export type RunnerOptions = {
  readonly table: Pick<
    JobRepository,
    'create' | 'claim' | 'requeueRunning' | 'save' | 'get' | 'page' | 'byStatus'
  >
  readonly definitions: Readonly<Record<string, JobDefinition>>
  readonly clock: Clock
  /** Each change of a job, progress included. */
  readonly onChange?: (job: JobView) => void
  /** What went wrong beside the jobs themselves: the store did not take a job's state. */
  readonly onTrouble?: (error: unknown, job: string) => void
  /** Between two tries of a job, and of a write that the store refused, ms. */
  readonly retryAfterMs?: number
  /** How long an ending job may take when the runner closes, ms. */
  readonly graceMs?: number
}

/** Jobs, and the life of what runs them. */
export interface JobRunner extends Jobs {
  /** Takes up what an ended process left: queued jobs, and running ones that resume. */
  resume(): Promise<readonly JobView[]>
  /** Stops: what runs is asked to end and is queued again when it does not finish. */
  close(): Promise<void>
}

type Active = {
  view: JobView
  readonly key: string
  readonly stop: AbortController
  savedAt: number
}

const SAVE_EVERY_MS = 1000

/** Runs jobs in this process; several processes may share one table, each job is claimed by one. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const { table, definitions, clock } = options
  const retryAfterMs = options.retryAfterMs ?? 30_000
  const lanes = new Map<string, string[]>()
  const busy = new Map<string, Promise<void>>()
  const active = new Map<string, Active>()
  const waiting = new Map<string, string>()
  const timers = new Set<Timer>()
  let closing = false

  const tell = (view: JobView): void => options.onChange?.(view)

  const definitionOf = (name: string): JobDefinition => {
    const definition = definitions[name]
    if (definition !== undefined) return definition
    const known = Object.keys(definitions)
    throw new RalphError(
      'E_JOB_UNKNOWN',
      `no job is called "${name}"; known are ${known.join(', ')}`,
      {
        name,
        known,
      },
    )
  }

  const enqueue = (view: JobView): void => {
    const lane = definitionOf(view.name).lane ?? view.name
    waiting.set(keyOf(view.name, view.payload), view.id)
    const queue = lanes.get(lane)
    if (queue === undefined) lanes.set(lane, [view.id])
    else queue.push(view.id)
    pump(lane)
  }

  const pump = (lane: string): void => {
    if (closing || busy.has(lane)) return
    const id = lanes.get(lane)?.shift()
    if (id === undefined) return
    const work = runOne(id)
      .catch((error: unknown) => options.onTrouble?.(error, id))
      .finally(() => {
        busy.delete(lane)
        pump(lane)
      })
    busy.set(lane, work)
  }

  const runOne = async (id: string): Promise<void> => {
    const claimed = await persist(id, () => table.claim(id, new Date(clock.now())))
    if (claimed === null) return
    const view = jobView(claimed)
    const key = keyOf(view.name, view.payload)
    waiting.delete(key)
    const own: Active = {
      view,
      key,
      stop: new AbortController(),
      savedAt: Number.NEGATIVE_INFINITY,
    }
    active.set(id, own)
    tell(view)
    const definition = definitionOf(view.name)
    const progress = (told: JobProgress): void => {
      own.view = { ...own.view, progress: progressView(told) }
      tell(own.view)
      if (clock.now() - own.savedAt < SAVE_EVERY_MS) return
      own.savedAt = clock.now()
      const { name } = view
      table
        .save({ id, name, status: 'running', progress: storedProgress(told) })
        .catch((error: unknown) => options.onTrouble?.(error, id))
    }
    try {
      const run = { id, signal: own.stop.signal, attempt: view.attempts, progress }
      const result = await definition.run(view.payload, run)
      await settle(own, { status: 'done', result, error: null })
    } catch (error) {
      await failed(own, definition, error)
    } finally {
      active.delete(id)
    }
  }

  const failed = async (own: Active, definition: JobDefinition, error: unknown): Promise<void> => {
    const { view, stop } = own
    if (stop.signal.aborted) {
      await settle(own, { status: 'queued' })
      return
    }
    const coded = isRalphError(error)
    if (!coded) options.onTrouble?.(error, view.id)
    const text = coded
      ? errorText(error.code, error.message)
      : errorText('E_INTERNAL', 'the job failed; the log tells more')
    const again = view.attempts < (definition.attempts ?? 1)
    await settle(own, { status: again ? 'queued' : 'failed', error: text })
    if (!again) return
    const timer = clock.after(retryAfterMs, () => {
      timers.delete(timer)
      if (!closing) enqueue(own.view)
    })
    timers.add(timer)
  }

  const settle = async (
    own: Active,
    state: {
      readonly status: JobView['status']
      readonly result?: Readonly<Record<string, unknown>>
      readonly error?: string | null
    },
  ): Promise<void> => {
    const { id, name } = own.view
    const ended = state.status === 'done' || state.status === 'failed'
    const finishedAt = ended ? new Date(clock.now()) : null
    const saved = await persist(id, () => table.save({ id, name, ...state, finishedAt }))
    if (saved === null) return
    own.view = jobView(saved)
    tell(own.view)
  }

  // The state of a job must not be lost for a store that is gone for a while.
  const persist = async <T>(id: string, write: () => Promise<T>): Promise<T | null> => {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        options.onTrouble?.(error, id)
        if (closing || (isRalphError(error) && error.code === 'E_STORE_CLOSED')) return null
        await new Promise<void>((resolve) => {
          clock.after(Math.min(retryAfterMs, 1000), resolve)
        })
      }
    }
  }

  const twinOf = (key: string): string | undefined => {
    for (const [id, one] of active) if (one.key === key) return id
    return waiting.get(key)
  }

  return {
    async start(name, payload = {}, id) {
      definitionOf(name)
      if (closing)
        throw new RalphError('E_SERVER_CLOSING', 'the service is stopping; no job is taken')
      const key = keyOf(name, payload)
      const twin = id === undefined ? twinOf(key) : undefined
      const known = twin === undefined ? null : await table.get(twin)
      if (known !== null) return { job: jobView(known), started: false }
      const own = id ?? `${name}:${randomUUID()}`
      waiting.set(key, own)
      const created = await table
        .create({ id: own, name, payload, createdAt: new Date(clock.now()) })
        .catch((error: unknown) => {
          waiting.delete(key)
          throw error
        })
      if (created === null) {
        waiting.delete(key)
        const there = await table.get(own)
        if (there !== null) return { job: jobView(there), started: false }
        throw new RalphError('E_STORE_QUERY', `job ${own} is neither new nor there`, { id: own })
      }
      const job = jobView(created)
      tell(job)
      enqueue(job)
      return { job, started: true }
    },
    async get(id) {
      const running = active.get(id)
      if (running !== undefined) return running.view
      const job = await table.get(id)
      return job === null ? null : jobView(job)
    },
    async list({ cursor, ...query }) {
      const { jobs, nextCursor } = await table.page({
        ...query,
        ...(cursor === undefined ? {} : { after: cursor }),
      })
      return { jobs: jobs.map(jobView), nextCursor }
    },
    counts: () => ({
      queued: [...lanes.values()].reduce((sum, queue) => sum + queue.length, 0),
      running: active.size,
    }),
    async resume() {
      const left = await table.requeueRunning()
      for (const job of left) {
        const definition = definitions[job.name]
        if (definition?.resumes !== false) continue
        const error = errorText('E_JOB_CUT_SHORT', 'the process ended while it ran')
        const { id, name } = job
        await table.save({ id, name, status: 'failed', error, finishedAt: new Date(clock.now()) })
      }
      const queued = (await table.byStatus('queued', 1000)).map(jobView)
      const taken = queued.filter(
        ({ name, id }) => definitions[name] !== undefined && !active.has(id),
      )
      for (const view of taken) enqueue(view)
      return taken
    },
    async close() {
      closing = true
      for (const timer of timers) timer.stop()
      for (const { stop } of active.values())
        stop.abort(new RalphError('E_SERVER_CLOSING', 'stopping'))
      let timeout: NodeJS.Timeout | undefined
      const grace = new Promise<void>((resolve) => {
        timeout = setTimeout(resolve, options.graceMs ?? 10_000)
      })
      await Promise.race([Promise.all(busy.values()), grace])
      clearTimeout(timeout)
    },
  }
}

/** What makes two jobs the same work. */
function keyOf(name: string, payload: JobPayload): string {
  const sorted = Object.keys(payload)
    .sort()
    .map((field) => [field, payload[field]])
  return JSON.stringify([name, sorted])
}
