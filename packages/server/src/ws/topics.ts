import { STRATEGY_ALIASES } from '../api/scalars.js'

/** What a topic is about. */
export type TopicFamily =
  | 'price'
  | 'market'
  | 'market-gate'
  | 'signals'
  | 'signal'
  | 'score'
  | 'job'
  | 'jobs'

/**
 * How the messages of a topic relate: of a `state` only the last matters, so a slow reader may miss those
 * between; every `event` matters, so none is left out.
 */
export type TopicKind = 'state' | 'event'

/** A topic, read. `name` is its one spelling. */
export type Topic = {
  readonly name: string
  readonly family: TopicFamily
  readonly kind: TopicKind
  /** Null where a topic is not about one stock, strategy or job. */
  readonly ticker: string | null
  readonly strategy: string | null
  readonly job: string | null
}

const TICKER = /^[0-9A-Z]{6}$/
const STRATEGY = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const JOB = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,118}[A-Za-z0-9])?$/
const LONGEST_STRATEGY = 40

/** The longest name of a topic. */
export const LONGEST_TOPIC = 128

/**
 * Reads the name of a topic: `price:005930`, `market:kospi`, `market-gate`, `signals`, `signal:vcp`,
 * `score:daytrade:005930`, `job:{id}`, `jobs`. Strategies may go by their older names, as in
 * `signal:jongga_v2`, and markets in capital letters.
 *
 * @returns null for a name that is none
 */
export function parseTopic(name: string): Topic | null {
  if (name.length > LONGEST_TOPIC) return null
  const [family, first, second, ...rest] = name.split(':')
  if (rest.length > 0) return null
  if (first === undefined) return alone(family)
  if (second !== undefined) return family === 'score' ? score(first, second) : null
  switch (family) {
    case 'price':
      return TICKER.test(first) ? topic(name, 'price', 'state', { ticker: first }) : null
    case 'market':
      return market(first.toLowerCase())
    case 'signal':
      return signal(first)
    case 'job':
      return JOB.test(first) ? topic(name, 'job', 'event', { job: first }) : null
    default:
      return null
  }
}

function alone(family: string | undefined): Topic | null {
  if (family === 'market-gate') return topic(family, family, 'state')
  if (family === 'signals' || family === 'jobs') return topic(family, family, 'event')
  return null
}

function market(index: string): Topic | null {
  return index === 'kospi' || index === 'kosdaq'
    ? topic(`market:${index}`, 'market', 'state')
    : null
}

function signal(given: string): Topic | null {
  const strategy = strategyOf(given)
  return strategy === null ? null : topic(`signal:${strategy}`, 'signal', 'event', { strategy })
}

function score(given: string, ticker: string): Topic | null {
  const strategy = strategyOf(given)
  if (strategy === null || !TICKER.test(ticker)) return null
  return topic(`score:${strategy}:${ticker}`, 'score', 'state', { strategy, ticker })
}

function strategyOf(given: string): string | null {
  const id = Object.hasOwn(STRATEGY_ALIASES, given) ? STRATEGY_ALIASES[given] : given
  if (id === undefined || id.length > LONGEST_STRATEGY) return null
  return STRATEGY.test(id) ? id : null
}

function topic(
  name: string,
  family: TopicFamily,
  kind: TopicKind,
  about: Partial<Pick<Topic, 'ticker' | 'strategy' | 'job'>> = {},
): Topic {
  return Object.freeze({ name, family, kind, ticker: null, strategy: null, job: null, ...about })
}
