// Core's tolerance: a value within one part in 10^9 of a threshold is on it.
const TOLERANCE = 1e-9

/**
 * The bound past which core's `above` holds: `value > edgeAbove(threshold)` says the same. A kernel
 * takes it once, because a call of `above` for every bar costs more than the rest of the kernel.
 */
export function edgeAbove(threshold: number): number {
  return threshold + TOLERANCE * Math.abs(threshold)
}
