// A value within one part in 10^9 of a threshold is on it: 39.99999999999999 is 40. Every rule
// compares through these, so that no card depends on the last bit of a division.
const TOLERANCE = 1e-9

/** The greatest value that is still on the threshold: what is above it is above the threshold. */
export function upperEdge(threshold: number): number {
  return threshold + TOLERANCE * Math.abs(threshold)
}

/** The least value that is on the threshold: what is below it is below the threshold. */
export function lowerEdge(threshold: number): number {
  return threshold - TOLERANCE * Math.abs(threshold)
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
