/** Numbers that look random and are the same on every machine for the same seed. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Uniform in [from, to). */
  between(from: number, to: number): number
  /** Standard normal. */
  normal(): number
  /** Student's t of 4 degrees of freedom, scaled to a standard deviation of 1: days with fat tails. */
  fatTailed(): number
}

const TAIL_DEGREES = 4

/**
 * Makes a generator of its own for each `stream`, so that one stock's path does not depend on how many
 * numbers another one used.
 *
 * @source sfc32 of PractRand (C. Doty-Humphrey, public domain), seeded through splitmix32
 */
export function createRandom(seed: number, stream: number): Random {
  const mix = splitmix32((seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0)
  let a = mix()
  let b = mix()
  let c = mix()
  let counter = 1
  const uniform = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let round = 0; round < 12; round++) uniform()
  // Marsaglia's polar method; the second number of a pair is dropped, so that no state is hidden.
  const normal = (): number => {
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const square = x * x + y * y
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square)
    }
  }
  return {
    uniform,
    between: (from, to) => from + (to - from) * uniform(),
    normal,
    fatTailed() {
      let chiSquare = 0
      for (let k = 0; k < TAIL_DEGREES; k++) {
        const x = normal()
        chiSquare += x * x
      }
      const t = normal() / Math.sqrt(chiSquare / TAIL_DEGREES)
      return t / Math.sqrt(TAIL_DEGREES / (TAIL_DEGREES - 2))
    },
  }
}

function splitmix32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return z ^ (z >>> 15)
  }
}
