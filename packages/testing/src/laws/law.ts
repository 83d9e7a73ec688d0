import { isRalphError } from '@ralph-stock/core'
import fc from 'fast-check'
import type { MarketScript } from '../market/script.js'
import { marketInWords } from '../market/words.js'

/** How laws are checked. */
export type LawOptions = {
  /** Same seed, same markets; fast-check's global seed, or a new one, unless given. */
  readonly seed?: number
  /** Markets that each law is tried on. Default 25. */
  readonly runs?: number
  /** Ids of the laws to check; all unless given. */
  readonly laws?: readonly string[]
}

/** What was checked, when nothing was broken. */
export type LawReport = {
  /** Id of the strategy, or key of the indicator's columns. */
  readonly subject: string
  readonly seed: number
  readonly laws: ReadonlyArray<{
    readonly law: string
    readonly statement: string
    readonly runs: number
  }>
}

/** What a law is tried on: a market, and a number that decides what the market leaves open. */
export type Trial = { readonly script: MarketScript; readonly choice: number }

/** One law about subjects of type `S`. */
export type Law<S> = {
  readonly id: string
  /** What is true of every lawful subject. */
  readonly statement: string
  /** Says in words how the trial breaks the law; null when it does not. */
  readonly check: (subject: S, trial: Trial) => string | null
  /** Says what is wrong with all trials together, which no single one could tell; null when nothing. */
  readonly after?: (subject: S) => string | null
}

/** A law that a subject breaks, with the smallest market found that shows it. */
export class LawViolation extends Error {
  override readonly name = 'LawViolation'
  /** Id of the law. */
  readonly law: string
  readonly subject: string
  /** How it is broken, and in which market. */
  readonly words: string
  /** Null for what only many markets together show. */
  readonly counterexample: Trial | null
  readonly seed: number
  /** Where fast-check found it: with the seed, it leads straight to the counter-example. */
  readonly path: string | null

  constructor(facts: {
    law: string
    subject: string
    statement: string
    words: string
    counterexample: Trial | null
    seed: number
    path: string | null
  }) {
    const { law, subject, statement, words, counterexample, seed, path } = facts
    const market =
      counterexample === null ? '' : `\nIn this market: ${marketInWords(counterexample.script)}`
    super(
      `${subject} breaks the law ${law}: ${statement}\n${words}${market}\n(seed ${seed}${path === null ? '' : `, path ${path}`})`,
    )
    this.law = law
    this.subject = subject
    this.words = words
    this.counterexample = counterexample
    this.seed = seed
    this.path = path
  }
}

const DEFAULT_RUNS = 25

/**
 * Tries every law on generated markets and stops at the first that is broken.
 *
 * @throws LawViolation
 */
export function checkLaws<S>(
  name: string,
  subject: S,
  laws: readonly Law<S>[],
  markets: fc.Arbitrary<MarketScript>,
  options: LawOptions,
): LawReport {
  const seed = options.seed ?? fc.readConfigureGlobal().seed ?? newSeed()
  const trials = fc.record({ script: markets, choice: fc.nat() })
  const chosen = laws.filter(({ id }) => options.laws?.includes(id) ?? true)
  const checked = chosen.map((law) => {
    const property = fc.property(trials, (trial) => {
      const words = law.check(subject, trial)
      if (words !== null) throw new Breach(words)
    })
    const details = fc.check(property, { seed, numRuns: options.runs ?? DEFAULT_RUNS })
    if (details.failed) {
      const error = details.errorInstance
      const broken = brokenBy(error, law, laws)
      throw new LawViolation({
        law: broken.id,
        subject: name,
        statement: broken.statement,
        words: error instanceof Error ? error.message : String(error),
        counterexample: details.counterexample?.[0] ?? null,
        seed: details.seed,
        path: details.counterexamplePath,
      })
    }
    const words = law.after?.(subject) ?? null
    if (words !== null) {
      const { id, statement } = law
      throw new LawViolation({
        law: id,
        subject: name,
        statement,
        words,
        counterexample: null,
        seed,
        path: null,
      })
    }
    return { law: law.id, statement: law.statement, runs: details.numRuns }
  })
  return { subject: name, seed, laws: checked }
}

/** Laws that an exception breaks, whichever law was being tried. */
export const BOUNDS = 'points-within-bounds'
export const TOTAL = 'total'

class Breach extends Error {}

function brokenBy<S>(error: unknown, law: Law<S>, all: readonly Law<S>[]): Law<S> {
  if (error instanceof Breach) return law
  const outside = isRalphError(error) && error.code === 'E_CRITERION_POINTS'
  return all.find(({ id }) => id === (outside ? BOUNDS : TOTAL)) ?? law
}

function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31)
}
