// A value within one part in 10^9 of a threshold is on it: 39.99999999999999 is 40. Every rule
// compares through these, so that no card depends on the last bit of a division.
//
// The number is written out, not named: a bundler makes a variable of a module's constant, and a
// compiler that cannot trust it computes on every bar what it would otherwise compute once.

/** The greatest value that is still on the threshold: what is above it is above the threshold. */
export function upperEdge(threshold: number): number {
  return threshold + 1e-9 * Math.abs(threshold)
}

/** The least value that is on the threshold: what is below it is below the threshold. */
export function lowerEdge(threshold: number): number {
  return threshold - 1e-9 * Math.abs(threshold)
}

/** `value > threshold`; a value on the threshold is not above it. */
export function above(value: number, threshold: number): boolean {
  return value > upperEdge(threshold)
}

/** `value >= threshold`; a value on the threshold holds. */
export function atLeast(value: number, threshold: number): boolean {
  return value >= lowerEdge(threshold)
}

/** `value < threshold`; a value on the threshold is not below it. */
export function below(value: number, threshold: number): boolean {
  return value < lowerEdge(threshold)
}

/** `value <= threshold`; a value on the threshold holds. */
export function atMost(value: number, threshold: number): boolean {
  return value <= upperEdge(threshold)
}
