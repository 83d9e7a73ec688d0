import fc from 'fast-check'

/** What the laws read of a criterion. */
export type TestedCriterion = {
  readonly id: string
  readonly maxPoints: number
  readonly fractional: boolean
  readonly inputNames: readonly string[]
  readonly score: (values: Readonly<Record<string, number>>) => number
  readonly reason:
    | ((
        values: Readonly<Record<string, number>>,
        points: number,
      ) => { readonly ko: string; readonly en: string })
    | null
  readonly claims: {
    readonly monotone?: Readonly<Record<string, 'up' | 'down'>>
  }
}

type Values = Record<string, number>

/**
 * Refuses a criterion that gives points outside `allowed`, or whose reason leaks a number that is not
 * one, for values of its inputs as the market can make them.
 *
 * @param allowed every number of points that the rule knows; null for any from 0 to the maximum
 */
export function expectPointsIn(
  criterion: TestedCriterion,
  values: fc.Arbitrary<Values>,
  allowed: readonly number[] | null,
): void {
  fc.assert(
    fc.property(values, (inputs) => {
      const points = criterion.score(inputs)
      const fits =
        allowed === null ? points >= 0 && points <= criterion.maxPoints : allowed.includes(points)
      if (!fits) throw new Error(`${criterion.id} gave ${points}`)
      const words = criterion.reason?.(inputs, points)
      if (words === undefined || /NaN|undefined|Infinity/.test(words.ko + words.en)) {
        throw new Error(`${criterion.id} says ${words?.en}`)
      }
    }),
  )
}

/** Refuses a criterion of which a claimed input moves the points the other way. */
export function expectMonotone(criterion: TestedCriterion, values: fc.Arbitrary<Values>): void {
  const claims = Object.entries(criterion.claims.monotone ?? {})
  for (const [name, direction] of claims) {
    if (!criterion.inputNames.includes(name)) throw new Error(`${criterion.id} has no ${name}`)
    fc.assert(
      fc.property(values, values, (inputs, others) => {
        const pair = [inputs[name] as number, others[name] as number].sort((a, b) => a - b)
        const [less, more] = pair.map((value) => criterion.score({ ...inputs, [name]: value }))
        const moved = (more as number) - (less as number)
        if (direction === 'up' ? moved < 0 : moved > 0) {
          throw new Error(`${criterion.id}: ${name} from ${pair.join(' to ')} moves ${moved}`)
        }
      }),
    )
  }
}
