import type { Clock } from '@ralph-stock/core'

/** A clock that a test lets live, as fast as the machine can and no faster. */
export type DrivenClock = Clock & {
  /**
   * Lives up to an instant: timers run in their order, each at its own, and what they began in this
   * process goes on before the next.
   *
   * @param rest waits for what goes on elsewhere, such as the store; asked every few seconds of this time
   */
  live(until: number, rest: () => Promise<unknown>): Promise<void>
  /** Sleeps up to an instant: what was due meanwhile comes late. */
  sleep(until: number): void
}

type Waiting = { readonly at: number; readonly run: () => void; stopped: boolean }

const STEP_MS = 15_000

/** @param start epoch ms */
export function drivenClock(start: number): DrivenClock {
  let now = start
  const waiting: Waiting[] = []

  // The timers are few: kept in order, the next one last.
  const add = (one: Waiting): void => {
    let at = waiting.length
    while (at > 0 && (waiting[at - 1] as Waiting).at <= one.at) at--
    waiting.splice(at, 0, one)
  }
  const take = (by: number): Waiting | undefined => {
    while (waiting.at(-1)?.stopped === true) waiting.pop()
    const next = waiting.at(-1)
    return next !== undefined && next.at <= by ? waiting.pop() : undefined
  }

  return {
    now: () => now,
    after(ms, run) {
      const one = { at: now + Math.max(0, ms), run, stopped: false }
      add(one)
      return {
        stop: () => {
          one.stopped = true
        },
      }
    },
    async live(until, rest) {
      while (now < until) {
        const end = Math.min(until, now + STEP_MS)
        for (let next = take(end); next !== undefined; next = take(end)) {
          now = Math.max(now, next.at)
          next.run()
          await new Promise((resolve) => setImmediate(resolve))
        }
        now = end
        await rest()
      }
    },
    sleep(until) {
      now = Math.max(now, until)
    },
  }
}
