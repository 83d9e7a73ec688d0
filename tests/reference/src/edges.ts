/** A value this close to a threshold, as a share of the threshold, is on it. */
const ONE_PART = 1e-9

/**
 * True when the value is on the threshold. One part in 10^9 of the threshold 0 is 0, so only 0
 * itself is on 0.
 */
export function isOn(value: number, threshold: number): boolean {
  return Math.abs(value - threshold) <= ONE_PART * Math.abs(threshold)
}

/** `value >= threshold`; holds on the edge. */
export function atLeast(value: number, threshold: number): boolean {
  return isOn(value, threshold) || value > threshold
}

/** `value <= threshold`; holds on the edge. */
export function atMost(value: number, threshold: number): boolean {
  return isOn(value, threshold) || value < threshold
}

/** `value > threshold`; does not hold on the edge. */
export function isAbove(value: number, threshold: number): boolean {
  return !isOn(value, threshold) && value > threshold
}

/** `value < threshold`; does not hold on the edge. */
export function isBelow(value: number, threshold: number): boolean {
  return !isOn(value, threshold) && value < threshold
}

/** `low <= value <= high`; both edges belong to the band. */
export function isWithin(value: number, low: number, high: number): boolean {
  return atLeast(value, low) && atMost(value, high)
}
