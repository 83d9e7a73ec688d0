import { describe, expect, it } from 'vitest'
import { type BarLine, segmentsBackground } from './segments.js'

const line = (change: Partial<BarLine>): BarLine => ({
  id: 'one',
  outcome: 'pass',
  points: 1,
  maxPoints: 1,
  ...change,
})

describe('the bar of a score', () => {
  it('fills a segment by its points and leaves the rest empty', () => {
    const half = line({ outcome: 'partial', points: 1, maxPoints: 2 })
    expect(segmentsBackground([half])).toBe(
      'linear-gradient(90deg, var(--fill-partial) 0% 50%, var(--track) 50% 100%)',
    )
    expect(segmentsBackground([line({ outcome: 'fail', points: 0 })])).toBe(
      'linear-gradient(90deg, var(--track) 0% 100%)',
    )
  })

  it('makes segments as wide as what their lines can give', () => {
    const bar = segmentsBackground([line({ maxPoints: 1 }), line({ maxPoints: 2, points: 2 })])
    expect(bar).toBe(
      'linear-gradient(90deg, var(--fill) 0% 33%, transparent 33% 34%, var(--fill) 34% 100%)',
    )
  })

  it('stripes what is unknown, which is neither full nor empty', () => {
    const bar = segmentsBackground([line({ outcome: 'unknown', points: null })])
    expect(bar).toContain('var(--strong-border) 0% 1%, transparent 1% 2%')
    expect(bar).not.toMatch(/--fill|--track/)
  })
})
