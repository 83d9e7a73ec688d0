import type { BasePlan } from './base-plan.js'
import type { Random } from './random.js'
import type { Habits, Trail } from './trail.js'

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

/** What decides on a scene: the bars so far, the date, and chance. Nothing else is remembered. */
export type Situation = {
  readonly trail: Trail
  readonly habits: Habits
  readonly plan: BasePlan
  readonly random: Random
}

const PLAIN: Scene = {
  name: 'plain',
  move: null,
  // What strong days add to the market, plain ones take away.
  drift: -0.006,
  volatility: 1,
  activity: 1,
  exposure: 1,
  lean: 0,
}

const CALM_DAY: Scene = { ...PLAIN, drift: 0 }

/** Papers that move less than this in a day have no scenes, and hardly follow the market. */
export const CALM = 0.008
/** A close within this of the highest of the last bars is one that may break out. */
const NEAR_HIGH = 0.05
const HIGH_BARS = 60
/** A day that rose by more, on this many times the usual volume, is a strong one. */
const STRONG_MOVE = 0.045
const STRONG_VOLUME = 2
const SLUMP_MOVE = -0.04
const REST_BARS = 4
/** Sessions after which a base is narrow. */
const NARROW_AFTER = 12
/** Closes of the last bars that lie within so many usual moves are a base, planned or not. */
const BASE_BARS = 10
const BASE_RANGE = 2.5
/** Pull of a price in a base back to where the base began, per session. */
const PULL = 0.16

/** The scene of the next session. */
export function nextScene({ trail, habits, plan, random }: Situation): Scene {
  const chance = random.next()
  const size = random.next()
  if (habits.volatility < CALM) return CALM_DAY
  const close = trail.close(0)
  switch (plan.stage) {
    case 'base':
      return base(plan.since, PULL * Math.log((trail.close(plan.since) || close) / close))
    case 'dip':
      // The last weak hands leave just before the move.
      return dip()
    case 'move':
      if (chance < 0.85) return breakout(size)
      break
    default:
  }
  const strong = sinceStrong(trail, habits)
  // Few go on at once; most are sold into.
  if (strong === 0) return chance < 0.2 ? surge(0.03 + 0.1 * size, 4) : rest(0, size)
  if (strong < REST_BARS) {
    return strong > 1 && chance < 0.15 ? surge(0.04 + 0.09 * size, 4) : rest(strong, size)
  }
  if (trail.move(0) < SLUMP_MOVE && chance < 0.6) return bounce(0.024 + 0.05 * size)
  if (trail.length > BASE_BARS && trail.range(BASE_BARS) < BASE_RANGE * habits.volatility) {
    return chance < 0.1 ? breakout(size) : base(NARROW_AFTER, 0)
  }
  const breaks = close >= trail.highest(HIGH_BARS) * (1 - NEAR_HIGH) ? 0.045 : 0.02
  if (chance < breaks) return breakout(size)
  return chance > 0.98 ? slump(0.035 + 0.05 * size) : PLAIN
}

/** Bars since the last strong day, 0 for the last bar; as many as a rest lasts when there is none. */
function sinceStrong(trail: Trail, habits: Habits): number {
  for (let back = 0; back < REST_BARS; back++) {
    const busy = trail.volume(back) > STRONG_VOLUME * habits.volume
    if (busy && trail.move(back) > STRONG_MOVE) return back
  }
  return REST_BARS
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
    lean: since >= NARROW_AFTER - 4 ? 0.03 : 0.005,
  }
}

function dip(): Scene {
  return { ...PLAIN, name: 'dip', move: -0.008, volatility: 0.15, activity: 0.4, lean: 0.03 }
}

/** Some of them end at the limit. */
function breakout(size: number): Scene {
  return surge(size > 0.95 ? 1 : 0.045 + 0.11 * size, 6)
}

function surge(move: number, activity: number): Scene {
  return { ...PLAIN, name: 'surge', move, volatility: 0.6, activity, lean: 0.06 }
}

function rest(since: number, size: number): Scene {
  return {
    ...PLAIN,
    name: 'rest',
    drift: -0.03 * size,
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
