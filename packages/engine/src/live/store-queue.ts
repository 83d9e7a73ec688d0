import type { Clock, Timer } from '@ralph-stock/core'

/** One write to the store, done again until it succeeds; it must bear being done twice. */
export type StoreJob = () => Promise<void>

/** How a queue waits. */
export type StoreQueueOptions = {
  readonly clock: Clock
  /** First pause after a failure, ms; doubled with each further one. */
  readonly retryMs: number
  /** Longest pause, ms. */
  readonly longestRetryMs: number
  readonly onFailed: (error: unknown, retryMs: number) => void
  readonly onRecovered: () => void
}

/** Writes to a store one after another, in the order that they were asked for. */
export interface StoreQueue {
  /** Resolves once the store has taken it: true; false when the queue was closed before. */
  add(job: StoreJob): Promise<boolean>
  /** Writes that the store has not taken yet. */
  pending(): number
  /** Resolves when the store has taken all that was added before; at once after `close`. */
  flush(): Promise<void>
  /** Stops trying. What is pending is not written by this queue any more. */
  close(): void
}

/** After this many failures in a row a write steps behind the others, so that it cannot hold them up. */
const PATIENCE = 8

type Waiting = {
  readonly run: StoreJob
  readonly resolve: (taken: boolean) => void
  readonly number: number
  failures: number
}

/** Makes a queue; nothing is tried in parallel, and nothing is given up. */
export function storeQueue(options: StoreQueueOptions): StoreQueue {
  const { clock, retryMs, longestRetryMs, onFailed, onRecovered } = options
  const jobs: Waiting[] = []
  const waiters: { readonly upTo: number; readonly resolve: () => void }[] = []
  let added = 0
  let running = false
  let closed = false
  let failures = 0
  let timer: Timer | null = null

  const settle = (): void => {
    while (waiters.length > 0) {
      const upTo = waiters[0]?.upTo ?? 0
      if (jobs.some(({ number }) => number <= upTo)) return
      waiters.shift()?.resolve()
    }
  }
  const done = (job: Waiting): void => {
    jobs.splice(jobs.indexOf(job), 1)
    if (failures > 0) onRecovered()
    failures = 0
    job.resolve(true)
    settle()
  }
  const failed = (job: Waiting, error: unknown): void => {
    const pause = Math.min(longestRetryMs, retryMs * 2 ** Math.min(failures, 30))
    failures++
    job.failures++
    if (job.failures % PATIENCE === 0 && jobs.length > 1) jobs.push(...jobs.splice(0, 1))
    onFailed(error, pause)
    if (closed) return
    timer = clock.after(pause, () => {
      timer = null
      void next()
    })
  }
  const next = async (): Promise<void> => {
    if (running || timer !== null) return
    running = true
    for (;;) {
      const [job] = jobs
      if (job === undefined || closed) break
      try {
        await job.run()
        done(job)
      } catch (error) {
        failed(job, error)
        break
      }
    }
    running = false
  }

  return {
    add(run) {
      if (closed) return Promise.resolve(false)
      return new Promise((resolve) => {
        jobs.push({ run, resolve, number: ++added, failures: 0 })
        void next()
      })
    },
    pending: () => jobs.length,
    flush() {
      if (closed || jobs.length === 0) return Promise.resolve()
      return new Promise((resolve) => waiters.push({ upTo: added, resolve }))
    },
    close() {
      closed = true
      timer?.stop()
      timer = null
      for (const waiter of waiters.splice(0)) waiter.resolve()
      for (const job of jobs) job.resolve(false)
    },
  }
}
