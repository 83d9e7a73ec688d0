/** Points of an item that holds in full. */
export const FULL = 15

/** Points of an item that holds in its weaker form. */
export const HALF = 8

// Looked up rather than asked for, so that nothing branches on the data: in a history of the whole
// market a mispredicted branch costs more than the whole comparison.
const BY_FORM = Float64Array.of(0, HALF, FULL, FULL)

/** Points of an item by which of its forms hold. */
export function award(full: boolean | number, half: boolean | number): number {
  return BY_FORM[2 * Number(full) + Number(half)] as number
}
