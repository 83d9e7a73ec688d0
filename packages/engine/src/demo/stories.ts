import type { Random } from './random.js'

/** What a stock lives through towards the last session. */
export type StoryName =
  | 'plain'
  | 'leader'
  | 'laggard'
  | 'base'
  | 'breakout'
  | 'cycle'
  | 'bounce'
  | 'limit-up'
  | 'fading'

/** How one session of a stock differs from a plain one. */
export type Scene = {
  /** Added to the day's log return. */
  readonly drift: number
  /** Times the usual volatility. */
  readonly volatility: number
  /** Times the usual traded value. */
  readonly activity: number
  /** Pull of the price back to the level at which its base began, per session. */
  readonly pull: number
  /** Share of the market's and the sector's move that the stock takes part in. */
  readonly exposure: number
  /** Lean of foreign and institutional net buying, as a share of the traded value. */
  readonly buying: number
  /** A return that the day must have, whatever the dice say; null for most days. */
  readonly move: number | null
}

/** A story told session by session; `left` counts the sessions up to the last one, 0. */
export type Story = (left: number) => Scene

const PLAIN: Scene = {
  drift: 0,
  volatility: 1,
  activity: 1,
  pull: 0,
  exposure: 1,
  buying: 0,
  move: null,
}

/** Sessions over which a base narrows. */
const BASE_SESSIONS = 45
/** Sessions from one move out of a base to the next. */
const SHORTEST_CYCLE = 60
const LONGEST_CYCLE = 130

/** Makes the story of one stock, with chances of its own. */
export function createStory(name: StoryName, random: Random): Story {
  switch (name) {
    case 'leader': {
      const drift = random.between(0.0012, 0.003)
      return () => ({ ...PLAIN, drift, volatility: 0.85, buying: 0.008 })
    }
    case 'laggard': {
      const drift = -random.between(0.0008, 0.0022)
      return () => ({ ...PLAIN, drift, buying: -0.006 })
    }
    case 'base':
      return base(random.between(0.0008, 0.0018), random.between(0.02, 0.085))
    case 'breakout':
      return cycle(random, 0)
    case 'cycle':
      return cycle(random, Math.floor(random.between(1, SHORTEST_CYCLE)))
    case 'bounce': {
      const fall = -random.between(0.034, 0.075)
      const rise = random.between(0.024, 0.095)
      return (left) => {
        if (left === 1) return { ...PLAIN, activity: 1.7, move: fall, buying: -0.03 }
        if (left === 0) return { ...PLAIN, activity: 3.4, move: rise, buying: 0.05 }
        return { ...PLAIN, drift: 0.0008 }
      }
    }
    case 'limit-up':
      return (left) =>
        left === 0 ? { ...PLAIN, activity: 7, move: 1, buying: 0.02 } : { ...PLAIN, drift: 0.0004 }
    case 'fading':
      return (left) => (left < 60 ? { ...PLAIN, drift: -0.004, activity: 0.7 } : PLAIN)
    default:
      return () => PLAIN
  }
}

// An advance, then pullbacks that shrink while volume dries up, and no more until the last session.
function base(advance: number, buying: number): Story {
  return (left) => (left < BASE_SESSIONS ? narrowing(left, buying) : advancing(advance))
}

// An advance, a base, a day that leaves it, and the same again: somewhere in the market, every day is
// the day of such a move.
function cycle(random: Random, phase: number): Story {
  const period = Math.floor(random.between(SHORTEST_CYCLE, LONGEST_CYCLE))
  const advance = random.between(0.0004, 0.0018)
  const buying = random.between(0, 0.03)
  const moves = Array.from({ length: 16 }, () => random.between(0.045, 0.17))
  return (left) => {
    // Sessions up to the next move, which is `phase` sessions before the last one or later.
    const away = left - phase
    const toMove = ((away % period) + period) % period
    if (toMove === 0) {
      const move = moves[Math.abs(away / period) % moves.length] as number
      return { ...PLAIN, activity: 6, move, buying: 0.05 + buying }
    }
    if (toMove >= BASE_SESSIONS) return advancing(advance)
    const scene = narrowing(toMove, buying)
    // The last weak hands leave just before the move.
    return toMove === 2 ? { ...scene, move: -0.008, activity: scene.activity * 1.1 } : scene
  }
}

function advancing(drift: number): Scene {
  return { ...PLAIN, drift, volatility: 0.9, buying: 0.004 }
}

function narrowing(left: number, buying: number): Scene {
  const age = BASE_SESSIONS - left
  const narrow = Math.exp(-age / 16)
  return {
    ...PLAIN,
    drift: 0.0003,
    volatility: 0.08 + 0.9 * narrow,
    activity: 0.28 + 0.6 * Math.exp(-age / 20),
    pull: 0.16,
    exposure: 0.1 + 0.6 * narrow,
    buying: left < 8 ? buying : 0.005,
  }
}
