/** What was not taken, counted by reason. */
export interface Refusals {
  add(reason: string, count?: number): void
  /** All counts by reason, ascending by name. */
  counts(): Readonly<Record<string, number>>
  total(): number
}

/** Reasons are made of names in this package; a bound keeps a hostile feed from filling memory. */
const MOST_REASONS = 500
const OVERFLOW = 'other'

/** Counts refusals; the number of reasons is bounded. */
export function createRefusals(): Refusals {
  const counts = new Map<string, number>()
  let total = 0
  return {
    add: (reason, count = 1) => {
      total += count
      const key = counts.has(reason) || counts.size < MOST_REASONS ? reason : OVERFLOW
      counts.set(key, (counts.get(key) ?? 0) + count)
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    total: () => total,
  }
}
