import { describe, expect, it } from 'vitest'
import { isRalphError, RalphError, requireInteger } from './index.js'

describe('RalphError', () => {
  it('carries a code, words, facts and its cause', () => {
    const cause = new Error('below')
    const error = new RalphError('E_PARAM_RANGE', 'too large', { value: 3 }, { cause })
    expect(error).toMatchObject({
      name: 'RalphError',
      code: 'E_PARAM_RANGE',
      details: { value: 3 },
    })
    expect(error.cause).toBe(cause)
    expect(new RalphError('X_MINE', 'of a plugin').details).toEqual({})
  })

  it('is told from other errors, also across copies of the package', () => {
    const copy = Object.assign(new Error('copy'), { name: 'RalphError', code: 'E_PARAM_RANGE' })
    expect([new RalphError('X_MINE', ''), copy].map(isRalphError)).toEqual([true, true])
    expect([new Error(''), { name: 'RalphError' }, null, 'E'].map(isRalphError)).not.toContain(true)
  })
})

describe('requireInteger', () => {
  it('gives back an integer within its bounds', () => {
    expect(requireInteger('period', 1, 1)).toBe(1)
    expect(requireInteger('percent', 100, 1, 100)).toBe(100)
  })

  it.each([0, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %s, saying what is accepted',
    (value) => {
      expect(() => requireInteger('period', value, 1)).toThrow(
        `period must be an integer >= 1; found "${value}"`,
      )
    },
  )

  it('says both bounds where there are two', () => {
    expect(() => requireInteger('percent', 101, 1, 100)).toThrow('an integer from 1 to 100')
  })
})
