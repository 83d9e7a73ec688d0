/** Plain sum, left to right. */
export function sum(values: number[]): number {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Arithmetic mean. The caller never passes an empty list. */
export function mean(values: number[]): number {
  return sum(values) / values.length
}

/** Population standard deviation in two passes: the mean first, then the squared distances. */
export function standardDeviation(values: number[]): number {
  const center = mean(values)
  return Math.sqrt(mean(values.map((value) => (value - center) ** 2)))
}

/**
 * The values from `t - from` to `t - to`, both included, where `t` is the last one;
 * `null` when the list is too short to hold them all.
 *
 * @example window([1, 2, 3, 4], 2, 1) // [2, 3]
 */
export function window<T>(values: T[], from: number, to: number): T[] | null {
  const last = values.length - 1
  if (last - from < 0) return null
  return values.slice(last - from, last - to + 1)
}

/** The value at `t - back`, `null` when there is none. */
export function valueAt<T>(values: T[], back: number): T | null {
  return values[values.length - 1 - back] ?? null
}
