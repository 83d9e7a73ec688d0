import { createRandom } from './random.js'

/** Net buying of a day by party, in shares or in KRW; they sum to 0. */
export type Parties = {
  readonly individual: number
  readonly foreign: number
  readonly institution: number
  readonly other: number
  /** The eight parts of `institution`. */
  readonly parts: readonly number[]
}

/** Shares of the whole that the parts of the institutions have; the first one has the rest. */
const PARTS = [0, 0.06, 0.16, 0.02, 0.03, 0.28, 0.12, 0.01]

/** Lean from which buyers are determined, as a share of the volume. */
const DETERMINED = 0.02

/**
 * Invents the parties of a day.
 *
 * @param lean how far foreigners and institutions lean to buying, as a share of the volume
 */
export function inventParties(keys: readonly number[], volume: number, lean: number): Parties {
  const random = createRandom(...keys)
  // Where many want in, chance decides less.
  const noise = lean > DETERMINED ? 0.4 : 1
  const part = (size: number, leaning = 0): number =>
    Math.round(random.normal() * volume * size * noise + volume * leaning)
  const parts = Array.from({ length: 8 }, () => part(0.02, lean / 8))
  const institution = parts.reduce((sum, one) => sum + one, 0)
  const foreign = part(0.1, lean)
  const other = part(0.005)
  return { individual: -institution - foreign - other, foreign, institution, other, parts }
}

/** A day on which nobody bought more than they sold. */
export const NOBODY: Parties = partiesOf(0, 0)

/** The parties of a day of which two are known: the others take the other side. */
export function partiesOf(foreign: number, institution: number): Parties {
  const parts = PARTS.map((share) => Math.trunc(institution * share))
  parts[0] = institution - parts.reduce((sum, one) => sum + one, 0)
  // Never a minus before 0.
  return { individual: 0 - institution - foreign, foreign, institution, other: 0, parts }
}

/** The same in another unit. */
export function inUnit(parties: Parties, times: (amount: number) => number): Parties {
  return {
    individual: times(parties.individual),
    foreign: times(parties.foreign),
    institution: times(parties.institution),
    other: times(parties.other),
    parts: parties.parts.map(times),
  }
}
