import type { Clock } from '../clock.js'
import { createTimerQueue, settled } from './timer-queue.js'

const LONGEST_WAIT_MS = 0x7fffffff
/** Real time by which it may be behind before it gives the rest up. */
const MOST_BEHIND_MS = 1000

/**
 * Time that runs `speed` times as fast as this machine's, and waits for what is to be done in it: its
 * timers run in their order, each at its own instant, and what one started has settled before the next
 * runs. Where the machine cannot keep up, or slept, time is slower; nothing in it comes too late.
 *
 * For a simulator and its client in one process. Two processes cannot wait for each other.
 *
 * @param start epoch ms of the moment of this call
 * @param machine this machine's time, epoch ms
 */
export function patientClock(
  speed: number,
  start: number,
  machine: () => number = Date.now,
): Clock {
  const queue = createTimerQueue()
  let origin = start
  let since = machine()
  let now = start
  let running = false
  let wait: ReturnType<typeof setTimeout> | null = null

  const target = (): number => origin + (machine() - since) * speed

  const run = async (): Promise<void> => {
    wait = null
    running = true
    for (let due = queue.take(target()); due !== null; due = queue.take(target())) {
      now = Math.max(now, due.at)
      due.run()
      await settled()
      if (target() - now > MOST_BEHIND_MS * speed) {
        origin = now
        since = machine()
      }
    }
    running = false
    wake()
  }

  const wake = (): void => {
    if (running) return
    if (wait !== null) clearTimeout(wait)
    const next = queue.next()
    if (next === null) return
    const ms = Math.ceil((next - target()) / speed)
    wait = setTimeout(run, Math.min(Math.max(0, ms), LONGEST_WAIT_MS))
  }

  /** No instant is passed before what is due at it was done. */
  const read = (): number => {
    if (!running) now = Math.max(now, Math.min(target(), queue.next() ?? target()))
    return now
  }

  return {
    now: read,
    after: (ms, action) => {
      const timer = queue.add(read() + Math.max(0, ms), action)
      wake()
      return timer
    },
  }
}
