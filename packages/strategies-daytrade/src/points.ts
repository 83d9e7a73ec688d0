/** Points of an item that holds in full. */
export const FULL = 15

/** Points of an item that holds in its weaker form. */
export const HALF = 8
