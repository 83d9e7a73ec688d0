import type { Paper } from './listings.js'
import type { PricePath } from './price-path.js'
import type { Random } from './random.js'

/** How one session of a stock differs from a plain one. */
export type Scene = {
  readonly name: 'plain' | 'base' | 'dip' | 'surge' | 'rest' | 'slump' | 'bounce'
  /** A return that the day has; null where chance decides. */
  readonly move: number | null
  /** Added to the day's log return. */
  readonly drift: number
  /** Times the usual volatility and the usual volume. */
  readonly volatility: number
  readonly activity: number
  /** Share of the moves of market and sector that the stock takes part in. */
  readonly exposure: number
  /** Lean of foreigners and institutions to buying, as a share of the volume. */
  readonly lean: number
}

/** What the sessions before one leave behind. */
export type Mood = {
  readonly scene: Scene
  /** Sessions in a row of this scene. */
  readonly since: number
  /** The close at which the scene began. */
  readonly anchor: number
}

const PLAIN: Scene = {
  name: 'plain',
  move: null,
  // What strong days add to the market, plain ones take away.
  drift: -0.003,
  volatility: 1,
  activity: 1,
  exposure: 1,
  lean: 0,
}

const CALM_DAY: Scene = { ...PLAIN, drift: 0 }

/** Papers that move less than this in a day have no scenes, and hardly follow the market. */
export const CALM = 0.008
/** A close within this of the highest of the last sessions is one that may break out. */
const NEAR_HIGH = 0.05
const HIGH_SESSIONS = 60
const REST_SESSIONS = 4
/** Sessions that a base lasts at least. */
const SHORTEST_BASE = 12
/** Closes of the last sessions that lie within so many usual moves are a base already. */
const BASE_SESSIONS = 10
const BASE_RANGE = 2.5
/** Pull of a price in a base back to where the base began, per session. */
const PULL = 0.16

/** The mood in which the sessions before a position end: of a strong day one rests, a base goes on. */
export function moodAt(paper: Paper, path: PricePath, at: number): Mood {
  const last = at - 1
  const anchor = path.close[last] as number
  const move = anchor / (path.base[last] as number) - 1
  const activity = (path.volume[last] as number) / paper.usualVolume
  const mood = (scene: Scene, since = 1): Mood => ({ scene, since, anchor })
  if (move > 0.045 && activity > 2) return mood(surge(move, activity))
  if (move < -0.04) return mood(slump(-move))
  const closes = path.close.subarray(Math.max(0, at - BASE_SESSIONS), at)
  const tight = Math.max(...closes) / Math.min(...closes) - 1 < BASE_RANGE * paper.volatility
  return tight ? mood(base(SHORTEST_BASE, 0), SHORTEST_BASE) : mood(PLAIN)
}

/** The scene of the session at a position, by the mood before it and by chance. */
export function nextScene(
  mood: Mood,
  paper: Paper,
  path: PricePath,
  at: number,
  random: Random,
): Scene {
  const chance = random.next()
  const size = random.next()
  if (paper.volatility < CALM) return CALM_DAY
  const { scene, since, anchor } = mood
  const close = path.base[at] as number
  const back = PULL * Math.log(anchor / close)
  switch (scene.name) {
    case 'surge':
      // Few go on at once; most are sold into.
      return chance < 0.2 ? surge(0.03 + 0.1 * size, 4) : rest(0, size)
    case 'rest':
      if (since < REST_SESSIONS) {
        return since > 1 && chance < 0.15 ? surge(0.04 + 0.09 * size, 4) : rest(since, size)
      }
      if (chance < 0.25) return base(0, 0)
      break
    case 'base':
      // The last weak hands leave just before the move.
      return since >= SHORTEST_BASE && chance < 0.12 ? dip() : base(since, back)
    case 'dip':
      if (chance < 0.85) return breakout(size)
      break
    case 'slump':
      if (chance < 0.6) return bounce(0.024 + 0.05 * size)
      break
    default:
  }
  const breaks = close >= highestBefore(path, at) * (1 - NEAR_HIGH) ? 0.05 : 0.02
  if (chance < breaks) return breakout(size)
  if (chance > 0.98) return slump(0.035 + 0.05 * size)
  return chance > 0.97 ? base(0, 0) : PLAIN
}

function highestBefore(path: PricePath, at: number): number {
  let high = 0
  for (let i = Math.max(0, at - HIGH_SESSIONS); i < at; i++) {
    high = Math.max(high, path.high[i] as number)
  }
  return high
}

/** Pullbacks that shrink while volume dries up; those who know buy towards its end. */
function base(since: number, back: number): Scene {
  const narrow = Math.exp(-since / 8)
  return {
    ...PLAIN,
    name: 'base',
    drift: back,
    volatility: 0.12 + 0.8 * narrow,
    activity: 0.35 + 0.55 * Math.exp(-since / 10),
    exposure: 0.1 + 0.6 * narrow,
    lean: since >= SHORTEST_BASE - 4 ? 0.03 : 0.005,
  }
}

function dip(): Scene {
  return { ...PLAIN, name: 'dip', move: -0.008, volatility: 0.15, activity: 0.4, lean: 0.03 }
}

/** Some of them end at the limit. */
function breakout(size: number): Scene {
  return surge(size > 0.93 ? 1 : 0.045 + 0.12 * size, 6)
}

function surge(move: number, activity: number): Scene {
  return { ...PLAIN, name: 'surge', move, volatility: 0.6, activity, lean: 0.06 }
}

function rest(since: number, size: number): Scene {
  return {
    ...PLAIN,
    name: 'rest',
    drift: -0.024 * size,
    volatility: 0.6,
    activity: 2.4 / (1 + since),
    lean: 0.01,
  }
}

function slump(fall: number): Scene {
  return { ...PLAIN, name: 'slump', move: -fall, activity: 1.8, lean: -0.04 }
}

function bounce(rise: number): Scene {
  return { ...PLAIN, name: 'bounce', move: rise, activity: 2.6, lean: 0.05 }
}
