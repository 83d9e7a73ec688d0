import type { Clock } from './clock.js'

/** What another clock says: epoch ms, and how many times as fast as real time; 0 when it stands. */
export type ToldTime = { readonly now: number; readonly speed: number }

/** Real time between two questions: to a clock that runs, which may lag, and to one that is moved. */
const RUNNING_MS = 1000
const STANDING_MS = 20
const LONGEST_WAIT_MS = 0x7fffffff

type Due = { readonly at: number; readonly run: () => void }

/**
 * A clock that follows another one, which is asked what it says. It never goes back: where it was ahead
 * it waits. When nobody answers it goes on as it did. It keeps no process alive by its questions.
 */
export function followedClock(first: ToldTime, ask: () => Promise<ToldTime>): Clock {
  const waiting = new Set<Due>()
  let told = first
  let since = Date.now()
  let last = first.now
  let timer: ReturnType<typeof setTimeout> | null = null

  const now = (): number => {
    last = Math.max(last, told.now + (Date.now() - since) * told.speed)
    return last
  }
  const run = (): void => {
    const due = [...waiting].filter(({ at }) => at <= now()).sort((a, b) => a.at - b.at)
    for (const one of due) if (waiting.delete(one)) one.run()
    arm()
  }
  const arm = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting.size === 0 || told.speed === 0) return
    const next = Math.min(...[...waiting].map(({ at }) => at))
    const ms = Math.ceil(Math.max(0, next - now()) / told.speed)
    timer = setTimeout(run, Math.min(ms, LONGEST_WAIT_MS))
  }
  const follow = (): void => {
    const ms = told.speed === 0 ? STANDING_MS : RUNNING_MS
    const next = setTimeout(() => {
      ask()
        .then((answer) => {
          told = answer
          since = Date.now()
          run()
        })
        .catch(() => {})
        .finally(follow)
    }, ms)
    next.unref()
  }
  follow()

  return {
    now,
    after: (ms, action) => {
      const due = { at: now() + Math.max(0, ms), run: action }
      waiting.add(due)
      arm()
      return {
        stop: () => {
          waiting.delete(due)
        },
      }
    },
  }
}
