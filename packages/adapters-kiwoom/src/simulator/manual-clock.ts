import type { Clock, Timer } from '../clock.js'

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & {
  /** Moves on, running timers in their order; what they started has settled before the next runs. */
  advance(ms: number): Promise<void>
}

type Entry = {
  readonly at: number
  readonly order: number
  readonly run: () => void
  live: boolean
}

/** Makes a clock for tests and stepped simulations. */
export function manualClock(start: number): ManualClock {
  let now = start
  let order = 0
  const heap: Entry[] = []

  const before = (a: Entry | undefined, b: Entry | undefined): boolean =>
    a !== undefined && (b === undefined || a.at < b.at || (a.at === b.at && a.order < b.order))

  const push = (entry: Entry): void => {
    let at = heap.push(entry) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (before(heap[parent], entry)) break
      swap(at, parent)
      at = parent
    }
  }

  const swap = (a: number, b: number): void => {
    const first = heap[a]
    const second = heap[b]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }

  const pop = (): void => {
    swap(0, heap.length - 1)
    heap.pop()
    let at = 0
    for (;;) {
      const left = at * 2 + 1
      const least = before(heap[left + 1], heap[left]) ? left + 1 : left
      if (!before(heap[least], heap[at])) return
      swap(at, least)
      at = least
    }
  }

  return {
    now: () => now,
    after: (ms, run): Timer => {
      const entry: Entry = { at: now + Math.max(0, ms), order: order++, run, live: true }
      push(entry)
      return {
        stop: () => {
          entry.live = false
        },
      }
    },
    advance: async (ms) => {
      const until = now + ms
      await settled()
      for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
        pop()
        if (!next.live) continue
        now = next.at
        next.run()
        await settled()
      }
      now = until
    },
  }
}

/** Promises that follow from one another have all been resolved when the event loop comes round. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
