/** A seeded source of numbers. */
export type Random = {
  /** From 0 to 1, 1 left out. */
  next(): number
  /** An integer from 0 to `below` - 1. */
  below(below: number): number
  /** Normally distributed, mean 0, standard deviation 1. */
  normal(): number
}

/** The same numbers give the same sequence; any other, another one. */
export function createRandom(...numbers: readonly number[]): Random {
  let state = 0x9e3779b9
  for (const number of numbers) state = mix(state ^ mix(number | 0))
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return (mix(state) >>> 0) / 4_294_967_296
  }
  return {
    next,
    below: (below) => Math.floor(next() * below),
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()))
      return radius * Math.cos(2 * Math.PI * next())
    },
  }
}

function mix(value: number): number {
  let bits = value
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad)
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97)
  return bits ^ (bits >>> 15)
}
