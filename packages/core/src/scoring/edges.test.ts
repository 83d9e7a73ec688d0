import { describe, expect, it } from 'vitest'
import { above, atLeast, atMost, below } from './index.js'

describe('edges', () => {
  it('take a value within one part in 10^9 of a threshold as on it', () => {
    const near = 40 - 1e-9
    expect([atLeast(near, 40), atMost(40 + 1e-9, 40)]).toEqual([true, true])
    expect([above(40 + 1e-9, 40), below(near, 40)]).toEqual([false, false])
    expect([above(40.1, 40), below(39.9, 40), atLeast(39.9, 40), atMost(40.1, 40)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect([above(1e-300, 0), below(-1e-300, 0)]).toEqual([true, true])
  })
})
