import type { JobView } from '../api/index.js'
import type { JobPayload } from '../context.js'

/** Jobs that wait, lane by lane; one job of a lane runs at a time. */
export type WorkQueue = {
  add(lane: string, job: JobView): void
  /** A waiting job of the same work. */
  twin(key: string): string | undefined
  /** A job has begun, or will not. */
  forget(key: string): void
  /** How many wait. */
  size(): number
  /** Begins nothing more; resolves when what runs has ended. */
  stop(): Promise<void>
}

/** @param run resolves when the job has ended, however; it never rejects */
export function createWorkQueue(run: (id: string) => Promise<void>): WorkQueue {
  const lanes = new Map<string, string[]>()
  const busy = new Map<string, Promise<void>>()
  const waiting = new Map<string, string>()
  let stopped = false

  const pump = (lane: string): void => {
    if (stopped || busy.has(lane)) return
    const id = lanes.get(lane)?.shift()
    if (id === undefined) return
    const work = run(id).finally(() => {
      busy.delete(lane)
      pump(lane)
    })
    busy.set(lane, work)
  }

  return {
    add(lane, { id, name, payload }) {
      waiting.set(workKey(name, payload), id)
      const queue = lanes.get(lane)
      if (queue === undefined) lanes.set(lane, [id])
      else queue.push(id)
      pump(lane)
    },
    twin: (key) => waiting.get(key),
    forget: (key) => void waiting.delete(key),
    size: () => [...lanes.values()].reduce((sum, queue) => sum + queue.length, 0),
    async stop() {
      stopped = true
      await Promise.all(busy.values())
    },
  }
}

/** What makes two jobs the same work. */
export function workKey(name: string, payload: JobPayload): string {
  const sorted = Object.keys(payload)
    .sort()
    .map((field) => [field, payload[field]])
  return JSON.stringify([name, sorted])
}
