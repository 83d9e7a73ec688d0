import { randomUUID } from 'node:crypto'
import type { Job, Store } from '@ralph-stock/adapters-timescale'
import { type Clock, isRalphError, RalphError, type Timer } from '@ralph-stock/core'
import type { JobView } from '../api/index.js'
import type { JobPayload, Jobs } from '../context.js'
import { decodeCursor, encodeCursor } from './cursor.js'
import type { JobDefinition, JobProgress } from './definition.js'
import { jobView, progressView } from './job-view.js'
import { createWorkQueue, workKey } from './work-queue.js'

/** What a runner is made of. */
export type RunnerOptions = {
  readonly table: Pick<
    Store['repositories']['jobs'],
    'create' | 'claim' | 'requeueRunning' | 'save' | 'get' | 'list' | 'byStatus'
  >
  readonly definitions: Readonly<Record<string, JobDefinition>>
  readonly clock: Clock
  /** Each change of a job, progress included. */
  readonly onChange?: (job: JobView) => void
  /** What went wrong beside what a job says of itself: the store did not take a job's state. */
  readonly onTrouble?: (error: unknown, job: string) => void
  /** Between two tries of a job, ms; 30 s unless said. A write that the store refused waits 1 s. */
  readonly retryAfterMs?: number
  /** How often the store is told that a job is at work, ms of real time; 5 s unless said. */
  readonly aliveEveryMs?: number
  /** How long an ending job may take when the runner closes, ms of real time; 10 s unless said. */
  readonly graceMs?: number
}

/** Jobs, and the life of what runs them. */
export interface JobRunner extends Jobs {
  /**
   * Takes up what an ended process left: queued jobs, and running ones that resume.
   *
   * @param silentMs real time after which a job of another process counts as left; 0 where no other
   * process can be at work
   */
  resume(silentMs?: number): Promise<readonly JobView[]>
  /** Stops: what runs is asked to end, and is queued again when it does not finish. */
  close(): Promise<void>
}

type Started = Awaited<ReturnType<Jobs['start']>>
type Active = {
  view: JobView
  /** What it told last. */
  told: JobProgress | null
  /** The store is being told of it. */
  saving: Promise<void> | null
  readonly key: string
  readonly stop: AbortController
}

const SAVE_EVERY_MS = 1000
const ALIVE_EVERY_MS = 5000

/** Runs jobs in this process; several processes may share one table, each job is claimed by one. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const { table, definitions, clock } = options
  const retryAfterMs = options.retryAfterMs ?? 30_000
  const aliveEveryMs = options.aliveEveryMs ?? ALIVE_EVERY_MS
  const active = new Map<string, Active>()
  const starting = new Map<string, Promise<Started>>()
  const timers = new Set<Timer>()
  const wakers = new Set<() => void>()
  let closing = false

  const trouble = (error: unknown, id: string): void => options.onTrouble?.(error, id)
  const tell = (view: JobView): void => options.onChange?.(view)
  const later = (ms: number, run: () => void): void => {
    const timer = clock.after(ms, () => {
      timers.delete(timer)
      run()
    })
    timers.add(timer)
  }
  const queue = createWorkQueue((id) => runOne(id).catch((error: unknown) => trouble(error, id)))
  const enqueue = (view: JobView): void =>
    queue.add(definitionOf(view.name).lane ?? view.name, view)

  const definitionOf = (name: string): JobDefinition => {
    const definition = definitions[name]
    if (definition !== undefined) return definition
    const known = Object.keys(definitions).join(', ')
    throw new RalphError('E_JOB_UNKNOWN', `no job is called "${name}"; known are ${known}`, {
      name,
    })
  }

  const runOne = async (id: string): Promise<void> => {
    const claimed = await persist(id, () => table.claim(id, new Date(clock.now())))
    if (claimed === null) return
    const view = jobView(claimed)
    const own: Active = {
      view,
      told: null,
      saving: null,
      key: workKey(view.name, view.payload),
      stop: new AbortController(),
    }
    queue.forget(own.key)
    active.set(id, own)
    tell(view)
    const alive = setInterval(() => save(own), aliveEveryMs)
    const definition = definitionOf(view.name)
    try {
      const { signal } = own.stop
      const run = { id, signal, attempt: view.attempts, progress: progressOf(own) }
      const result = await definition.run(view.payload, run)
      await settle(own, { status: 'done', result, error: null, errorCode: null })
    } catch (error) {
      await failed(own, definition, error)
    } finally {
      clearInterval(alive)
      active.delete(id)
    }
  }

  // That it is at work, and how far: dated, since the clock of a market is not the store's.
  const save = (own: Active): void => {
    const { id, name } = own.view
    if (own.view.status !== 'running' || own.saving !== null) return
    own.saving = table
      .save({ id, name, status: 'running', ...dated(own) })
      .catch((error: unknown) => trouble(error, id))
      .then(() => {
        own.saving = null
      })
  }

  const dated = ({ told }: Active): Partial<Pick<Job, 'progress'>> =>
    told === null ? {} : { progress: { ...told, at: clock.now() } }

  const progressOf = (own: Active): ((told: JobProgress) => void) => {
    let savedAt = Number.NEGATIVE_INFINITY
    return (told) => {
      own.told = told
      own.view = { ...own.view, progress: progressView(told) }
      tell(own.view)
      if (Date.now() - savedAt < SAVE_EVERY_MS) return
      savedAt = Date.now()
      save(own)
    }
  }

  const failed = async (own: Active, definition: JobDefinition, error: unknown): Promise<void> => {
    const { view, stop } = own
    if (stop.signal.aborted) {
      await settle(own, { status: 'queued', ...dated(own) })
      return
    }
    const coded = isRalphError(error)
    if (!coded) trouble(error, view.id)
    const again = view.attempts < (definition.attempts ?? 1)
    await settle(own, {
      status: again ? 'queued' : 'failed',
      errorCode: coded ? error.code : 'E_INTERNAL',
      error: coded ? error.message : 'the job failed; the log tells more',
    })
    if (!again) return
    later(retryAfterMs, () => {
      if (!closing) enqueue(own.view)
    })
  }

  const settle = async (
    own: Active,
    state: Partial<Job> & { readonly status: JobView['status'] },
  ): Promise<void> => {
    const { id, name } = own.view
    const ended = state.status === 'done' || state.status === 'failed'
    const finishedAt = ended ? new Date(clock.now()) : null
    own.view = { ...own.view, status: state.status }
    // What was said of it while it ran must not come after its end.
    await own.saving
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
        trouble(error, id)
        if (closing) return null
        await new Promise<void>((resolve) => {
          wakers.add(resolve)
          later(1000, resolve)
        }).finally(() => wakers.clear())
      }
    }
  }

  const isKnown = ({ id, name, payload }: JobView): boolean =>
    active.has(id) || queue.twin(workKey(name, payload)) === id

  const twinOf = (key: string): string | undefined => {
    for (const [id, one] of active) if (one.key === key) return id
    return queue.twin(key)
  }

  const twinOrNew = async (name: string, payload: JobPayload, key: string): Promise<Started> => {
    const twin = twinOf(key)
    const known = twin === undefined ? null : await table.get(twin)
    if (known !== null) return { job: jobView(known), started: false }
    return create(name, payload, `${name}.${randomUUID()}`)
  }

  const create = async (name: string, payload: JobPayload, id: string): Promise<Started> => {
    const createdAt = new Date(clock.now())
    const created = await table.create({ id, name, payload, createdAt })
    if (created !== null) {
      const job = jobView(created)
      tell(job)
      enqueue(job)
      return { job, started: true }
    }
    const there = await table.get(id)
    if (there !== null) {
      const job = jobView(there)
      // It may be one of ours whose making succeeded though the answer was lost.
      if (job.status === 'queued' && !isKnown(job)) enqueue(job)
      return { job, started: false }
    }
    throw new RalphError('E_STORE_QUERY', `job ${id} is neither new nor there`, { id })
  }

  return {
    async start(name, payload = {}, id) {
      definitionOf(name)
      if (closing) throw closingError()
      if (id !== undefined) return create(name, payload, id)
      // Two that ask for the same work at the same moment get the same job.
      const key = workKey(name, payload)
      const asked = starting.get(key)
      if (asked !== undefined) return { job: (await asked).job, started: false }
      const start = twinOrNew(name, payload, key).finally(() => starting.delete(key))
      starting.set(key, start)
      return start
    },
    async get(id) {
      const running = active.get(id)
      if (running !== undefined) return running.view
      const job = await table.get(id)
      return job === null ? null : jobView(job)
    },
    async list({ cursor, limit, ...query }) {
      const before = cursor === undefined ? {} : { before: decodeCursor(cursor) }
      const found = await table.list({ ...query, ...before, limit: limit + 1 })
      const page = found.slice(0, limit)
      const last = page.at(-1)
      return {
        jobs: page.map(jobView),
        nextCursor: found.length > limit && last !== undefined ? encodeCursor(last) : null,
      }
    },
    counts: () => ({ queued: queue.size(), running: active.size }),
    async resume(silentMs = 0) {
      const again = await table.requeueRunning(silentMs)
      const cutShort = again.filter(({ name }) => definitions[name]?.resumes === false)
      for (const { id, name } of cutShort) {
        const error = 'the process ended while it ran'
        const finishedAt = new Date(clock.now())
        const state = { status: 'failed', errorCode: 'E_JOB_CUT_SHORT', error, finishedAt }
        await table.save({ id, name, ...state })
      }
      // One that waits in a living process is left to it for as long.
      const left = new Set(again.map(({ id }) => id))
      const before = Date.now() - silentMs
      const queued = (await table.byStatus('queued', 1000))
        .filter(({ id, updatedAt }) => silentMs === 0 || left.has(id) || +updatedAt <= before)
        .map(jobView)
      const taken = queued.filter((job) => definitions[job.name] !== undefined && !isKnown(job))
      for (const view of taken) enqueue(view)
      return taken
    },
    async close() {
      closing = true
      for (const wake of wakers) wake()
      for (const { stop } of active.values()) stop.abort(closingError())
      let timeout: NodeJS.Timeout | undefined
      const grace = new Promise<void>((resolve) => {
        timeout = setTimeout(resolve, options.graceMs ?? 10_000)
      })
      await Promise.race([queue.stop(), grace])
      clearTimeout(timeout)
      for (const timer of timers) timer.stop()
    },
  }
}

function closingError(): RalphError {
  return new RalphError('E_SERVER_CLOSING', 'the service is stopping')
}
