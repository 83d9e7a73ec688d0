import type { Clock } from '../clock.js'
import { createTimerQueue, settled } from './timer-queue.js'

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & {
  /** Moves on, running timers in their order; what they started has settled before the next runs. */
  advance(ms: number): Promise<void>
}

/** Makes a clock for tests and stepped simulations. */
export function manualClock(start: number): ManualClock {
  let now = start
  const queue = createTimerQueue()

  return {
    now: () => now,
    after: (ms, run) => queue.add(now + Math.max(0, ms), run),
    advance: async (ms) => {
      const until = now + ms
      await settled()
      for (let next = queue.take(until); next !== null; next = queue.take(until)) {
        now = next.at
        next.run()
        await settled()
      }
      now = until
    },
  }
}
