import { fromDayNumber, priceLimits, roundToTick } from '@ralph-stock/core'
import { type Paper, rulesOf } from './listings.js'
import type { PricePath } from './price-path.js'
import { createRandom, type Random } from './random.js'

/** How one session of a stock differs from a plain one. */
type Scene = {
  readonly name: 'plain' | 'surge' | 'rest' | 'slump' | 'bounce'
  /** A return that the day has; null where chance decides. */
  readonly move: number | null
  /** Added to the day's log return. */
  readonly drift: number
  /** Times the usual volatility and the usual volume. */
  readonly volatility: number
  readonly activity: number
  /** Lean of foreigners and institutions to buying, as a share of the volume. */
  readonly lean: number
}

/** What the sessions before one leave behind. */
type Mood = { scene: Scene; since: number }

const PLAIN: Scene = {
  name: 'plain',
  move: null,
  drift: 0,
  volatility: 1,
  activity: 1,
  lean: 0,
}
const MARKET_MOVE = 0.007
const SECTOR_MOVE = 0.006
/** Papers that move less than this in a day have no strong days, and hardly follow the market. */
const CALM = 0.008
const USUAL_MOVE = 0.02
/** A close within this of the highest of the last sessions is one that may break out. */
const NEAR_HIGH = 0.05
const HIGH_SESSIONS = 60
const REST_SESSIONS = 4
const FEWEST_SHARES = 60

/**
 * Invents a paper's sessions from `first` on, each from the close before: its usual volatility and
 * volume, the moves of the market and of its sector, and now and then a day that strategies look for.
 * One that breaks out rests on less and less volume afterwards; one that slumps may bounce. Prices lie
 * on the tick and within the limits.
 *
 * @param path holds the sessions before `first`; the others are written to it
 * @returns the lean of net buying of each session
 */
export function continuePath(
  seed: number,
  paper: Paper,
  path: PricePath,
  days: Int32Array,
  first: number,
): Float64Array {
  const lean = new Float64Array(days.length)
  const mood = moodOf(paper, path, first)
  let base = paper.basePrice
  for (let at = first; at < days.length; at++) {
    const day = days[at] as number
    path.base[at] = base
    if (paper.halted) {
      for (const name of ['open', 'high', 'low', 'close'] as const) path[name][at] = base
      continue
    }
    const random = createRandom(seed, 2, paper.key, day)
    const scene = nextScene(mood, paper, highestBefore(path, at), base, random)
    const shared = sharedMove(seed, paper, day)
    setDay(path, at, paper, day, scene, shared, random)
    lean[at] = scene.lean
    base = path.close[at] as number
    mood.since = scene.name === mood.scene.name ? mood.since + 1 : 1
    mood.scene = scene
  }
  return lean
}

/** The moves that stocks share on a day, as a log return. */
function sharedMove(seed: number, paper: Paper, day: number): number {
  const follows = paper.volatility < CALM ? 0.1 : Math.min(1.2, paper.volatility / USUAL_MOVE)
  const market = createRandom(seed, 8, day).normal() * MARKET_MOVE
  const sector = createRandom(seed, 9, ...codesOf(paper.sector), day).normal() * SECTOR_MOVE
  return follows * (market + sector)
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

/** The mood in which the given past ends: a strong last day is one to rest from. */
function moodOf(paper: Paper, path: PricePath, first: number): Mood {
  const last = first - 1
  const move = (path.close[last] as number) / (path.base[last] as number) - 1
  const activity = (path.volume[last] as number) / paper.usualVolume
  if (move > 0.045 && activity > 2) {
    return { scene: { ...PLAIN, name: 'surge', move, activity }, since: 1 }
  }
  if (move < -0.04) return { scene: { ...PLAIN, name: 'slump', move }, since: 1 }
  return { scene: PLAIN, since: 1 }
}

function highestBefore(path: PricePath, at: number): number {
  let high = 0
  for (let i = Math.max(0, at - HIGH_SESSIONS); i < at; i++) {
    high = Math.max(high, path.high[i] as number)
  }
  return high
}

function nextScene(mood: Mood, paper: Paper, high: number, base: number, random: Random): Scene {
  const chance = random.next()
  const size = random.next()
  if (paper.volatility < CALM) return PLAIN
  const { scene, since } = mood
  if (scene.name === 'surge') {
    // Few go on at once; most are sold into.
    return chance < 0.2 ? surge(0.03 + 0.1 * size, 4) : rest(0, size)
  }
  if (scene.name === 'rest' && since < REST_SESSIONS) {
    return since > 1 && chance < 0.15 ? surge(0.04 + 0.09 * size, 4) : rest(since, size)
  }
  if (scene.name === 'slump' && chance < 0.6) return bounce(0.024 + 0.05 * size)
  const breaks = base >= high * (1 - NEAR_HIGH) ? 0.07 : 0.025
  if (chance < breaks) return surge(size > 0.93 ? 1 : 0.045 + 0.12 * size, 6)
  if (chance > 0.98) return slump(0.035 + 0.05 * size)
  return PLAIN
}

function surge(move: number, activity: number): Scene {
  return { ...PLAIN, name: 'surge', move, volatility: 0.6, activity, lean: 0.06 }
}

function rest(since: number, size: number): Scene {
  return {
    ...PLAIN,
    name: 'rest',
    drift: -0.012 * size,
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

function setDay(
  path: PricePath,
  at: number,
  paper: Paper,
  day: number,
  scene: Scene,
  shared: number,
  random: Random,
): void {
  const rules = rulesOf(paper, fromDayNumber(day))
  const base = path.base[at] as number
  const { upper, lower } = priceLimits(Math.max(1, Math.round(base)), rules)
  const quote = (price: number): number =>
    Math.min(upper, Math.max(lower, roundToTick(Math.max(1, price), 'nearest', rules)))
  const usual = paper.volatility * scene.volatility
  const tail = random.next() < 0.05 ? 2.2 : 1
  const move = scene.move ?? Math.exp(scene.drift + shared + usual * tail * random.normal()) - 1
  const strong = scene.move !== null && scene.move > 0
  // A strong day opens near the last close and ends near its high.
  const gap = strong ? 0.016 * random.next() - 0.004 : 0.35 * usual * random.normal()
  const above = strong ? 0.12 * move * random.next() : 0.6 * usual * Math.abs(random.normal())
  const below = (strong ? 0.3 : 0.6) * usual * Math.abs(random.normal())
  const close = quote(base * (1 + move))
  const open = quote(base * (1 + gap))
  path.open[at] = open
  path.close[at] = close
  path.high[at] = Math.max(open, close, quote(Math.max(open, close) * (1 + above)))
  path.low[at] = Math.min(open, close, quote(Math.min(open, close) * (1 - below)))
  const surprise = scene.move === null ? Math.abs(close / base - 1) / paper.volatility : 1
  const busy =
    scene.activity * Math.exp(random.normal() * 0.3) * (1 + Math.max(0, surprise - 1) / 2)
  path.volume[at] = Math.max(FEWEST_SHARES, Math.round(paper.usualVolume * busy))
}
