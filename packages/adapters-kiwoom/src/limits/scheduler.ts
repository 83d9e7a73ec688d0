import { RalphError, type RequestPriority } from '@ralph-stock/core'
import type { Clock, Timer } from '../clock.js'

/** How often the broker may be asked. */
export type Allowance = {
  /** Requests a second of each TR. */
  readonly perSecond: number
  /** Requests a second in all; no bound when absent. */
  readonly totalPerSecond?: number
  /** Requests under way at once. */
  readonly concurrent?: number
}

/** What a scheduler has done. */
export type SchedulerCounts = {
  readonly started: number
  readonly waiting: number
  readonly underWay: number
  readonly pauses: number
}

/**
 * Hands out turns to ask: one queue for each TR, the highest priority first, in order of arrival
 * within it. Share one between all clients of an app key: the broker counts them together.
 */
export interface RequestScheduler {
  /** Resolves when it is the caller's turn; call the result when the request is over. */
  turn(api: string, priority: RequestPriority, signal?: AbortSignal): Promise<() => void>
  /** Nobody asks this TR (or, with null, any) for a while. */
  pause(api: string | null, ms: number): void
  /** The broker stated its allowance for a TR. */
  learn(api: string, perSecond: number): void
  counts(): SchedulerCounts
  /** Refuses everybody who waits, and who comes. */
  close(): void
}

type Waiter = {
  readonly start: (done: () => void) => void
  readonly fail: (reason: unknown) => void
}

type Lane = {
  readonly queues: Record<RequestPriority, Waiter[]>
  spacingMs: number
  readyAt: number
  timer: Timer | null
}

const PRIORITIES: readonly RequestPriority[] = ['high', 'normal', 'low']
const DEFAULT_CONCURRENT = 8

/**
 * A request on its way may be faster than the one before it. Turns are this much further apart than
 * the allowance asks, so that the broker too sees them apart.
 */
const MARGIN = 1.02

/** Makes a scheduler that never exceeds the allowance: turns are spaced, not sent in bursts. */
export function createScheduler(clock: Clock, allowance: Allowance): RequestScheduler {
  const lanes = new Map<string, Lane>()
  const spacingAll =
    allowance.totalPerSecond === undefined ? 0 : (1000 / allowance.totalPerSecond) * MARGIN
  const concurrent = allowance.concurrent ?? DEFAULT_CONCURRENT
  let readyAt = Number.NEGATIVE_INFINITY
  let underWay = 0
  let started = 0
  let pauses = 0
  let closed = false

  const laneOf = (api: string): Lane => {
    let lane = lanes.get(api)
    if (lane === undefined) {
      const spacingMs = (1000 / allowance.perSecond) * MARGIN
      const queues = { high: [], normal: [], low: [] }
      lane = { queues, spacingMs, readyAt: Number.NEGATIVE_INFINITY, timer: null }
      lanes.set(api, lane)
    }
    return lane
  }

  const finish = (): void => {
    underWay--
    pump()
  }

  const begin = (lane: Lane, waiter: Waiter, now: number): void => {
    lane.readyAt = now + lane.spacingMs
    readyAt = Math.max(readyAt, now + spacingAll)
    underWay++
    started++
    let over = false
    waiter.start(() => {
      if (over) return
      over = true
      finish()
    })
  }

  const pump = (): void => {
    for (const priority of PRIORITIES) {
      for (const lane of lanes.values()) {
        if (headPriority(lane) !== priority) continue
        const now = clock.now()
        const at = Math.max(lane.readyAt, readyAt)
        if (at > now) {
          lane.timer ??= clock.after(at - now, () => {
            lane.timer = null
            pump()
          })
        } else if (underWay < concurrent) {
          const waiter = lane.queues[priority].shift()
          if (waiter !== undefined) begin(lane, waiter, now)
          if (headPriority(lane) !== null) arm(lane, now)
        }
      }
    }
  }

  const arm = (lane: Lane, now: number): void => {
    const wait = Math.max(lane.readyAt, readyAt) - now
    lane.timer ??= clock.after(wait, () => {
      lane.timer = null
      pump()
    })
  }

  return {
    turn: (api, priority, signal) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(closedError())
        if (signal?.aborted === true) return reject(givenUp())
        const queue = laneOf(api).queues[priority]
        const onAbort = (): void => {
          const position = queue.indexOf(waiter)
          if (position < 0) return
          queue.splice(position, 1)
          reject(givenUp())
        }
        const waiter: Waiter = {
          start: (done) => {
            signal?.removeEventListener('abort', onAbort)
            resolve(done)
          },
          fail: (reason) => {
            signal?.removeEventListener('abort', onAbort)
            reject(reason)
          },
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        queue.push(waiter)
        pump()
      }),
    pause: (api, ms) => {
      pauses++
      const until = clock.now() + ms
      if (api === null) readyAt = Math.max(readyAt, until)
      else {
        const lane = laneOf(api)
        lane.readyAt = Math.max(lane.readyAt, until)
      }
    },
    learn: (api, perSecond) => {
      if (perSecond > 0 && Number.isFinite(perSecond)) {
        laneOf(api).spacingMs = (1000 / perSecond) * MARGIN
      }
    },
    counts: () => ({ started, waiting: waitingIn(lanes), underWay, pauses }),
    close: () => {
      closed = true
      for (const lane of lanes.values()) {
        lane.timer?.stop()
        lane.timer = null
        for (const priority of PRIORITIES) {
          for (const waiter of lane.queues[priority].splice(0)) waiter.fail(closedError())
        }
      }
    },
  }
}

function headPriority(lane: Lane): RequestPriority | null {
  return PRIORITIES.find((priority) => lane.queues[priority].length > 0) ?? null
}

function waitingIn(lanes: ReadonlyMap<string, Lane>): number {
  let count = 0
  for (const lane of lanes.values()) {
    for (const priority of PRIORITIES) count += lane.queues[priority].length
  }
  return count
}

function closedError(): RalphError {
  return new RalphError('E_BROKER_CLOSED', 'the source must be open to be asked; found it closed')
}

function givenUp(): RalphError {
  return new RalphError('E_BROKER_CLOSED', 'the request was given up before it was sent')
}
