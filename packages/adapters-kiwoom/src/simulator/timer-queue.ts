import type { Timer } from '../clock.js'

/** Something to be done at an instant. */
export type Due = { readonly at: number; readonly run: () => void }

/** What is to be done, the earliest first; in the order of asking within an instant. */
export interface TimerQueue {
  /** @param at epoch ms of the clock's own time */
  add(at: number, run: () => void): Timer
  /** When the next one is due; null when none waits. */
  next(): number | null
  /** Takes the next one off that is due by an instant; null when none is. */
  take(by: number): Due | null
}

type Entry = Due & { readonly order: number; live: boolean }

/** Makes an empty queue. */
export function createTimerQueue(): TimerQueue {
  let order = 0
  const heap: Entry[] = []

  const before = (a: Entry | undefined, b: Entry | undefined): boolean =>
    a !== undefined && (b === undefined || a.at < b.at || (a.at === b.at && a.order < b.order))

  const swap = (a: number, b: number): void => {
    const first = heap[a]
    const second = heap[b]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }

  const push = (entry: Entry): void => {
    let at = heap.push(entry) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (before(heap[parent], entry)) break
      swap(at, parent)
      at = parent
    }
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

  /** The first that was not stopped. */
  const head = (): Entry | undefined => {
    while (heap[0]?.live === false) pop()
    return heap[0]
  }

  return {
    add: (at, run) => {
      const entry: Entry = { at, order: order++, run, live: true }
      push(entry)
      return {
        stop: () => {
          entry.live = false
        },
      }
    },
    next: () => head()?.at ?? null,
    take: (by) => {
      const first = head()
      if (first === undefined || first.at > by) return null
      pop()
      return first
    },
  }
}

/** Promises that follow from one another have all been resolved when the event loop comes round. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
