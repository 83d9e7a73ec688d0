import { fromDayNumber, priceLimits, roundToTick } from '@ralph-stock/core'
import { basePlan } from './base-plan.js'
import { type Paper, rulesOf } from './listings.js'
import type { PricePath } from './price-path.js'
import { createRandom, type Random } from './random.js'
import { CALM, nextScene, type Scene } from './scenes.js'
import { createTrail, type Habits } from './trail.js'

const MARKET_MOVE = 0.007
const SECTOR_MOVE = 0.006
const USUAL_MOVE = 0.02
const FEWEST_SHARES = 60

/**
 * Invents a paper's sessions from `first` on, each from the close before: its usual volatility and
 * volume, the moves of the market and of its sector, and now and then what strategies look for: bases
 * that narrow and the days that leave them, rests after those on less and less volume, falls and
 * bounces. Prices lie on the tick and within the limits.
 *
 * A session follows from the bars before it, the date and the seed, and from nothing else: a market
 * that is stored on the way and taken up again goes on as it would have.
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
  const trail = createTrail(path, first)
  let base = paper.basePrice
  for (let at = first; at < days.length; at++) {
    const day = days[at] as number
    path.base[at] = base
    if (paper.halted) {
      for (const name of ['open', 'high', 'low', 'close'] as const) path[name][at] = base
      continue
    }
    const random = createRandom(seed, 2, paper.key, day)
    const habits = trail.habits()
    const plan = basePlan(seed, paper.key, days, at)
    const scene = nextScene({ trail, habits, plan, random })
    const shared = scene.exposure * sharedMove(seed, paper, habits, day)
    setDay(path, at, paper, day, { scene, habits, shared }, random)
    lean[at] = scene.lean
    base = path.close[at] as number
    trail.add(path, at)
  }
  return lean
}

/** The moves that stocks share on a day, as a log return. */
function sharedMove(seed: number, paper: Paper, { volatility }: Habits, day: number): number {
  const follows = volatility < CALM ? 0.1 : Math.min(1.2, volatility / USUAL_MOVE)
  const market = createRandom(seed, 8, day).normal() * MARKET_MOVE
  const sector = createRandom(seed, 9, ...codesOf(paper.sector), day).normal() * SECTOR_MOVE
  return follows * (market + sector)
}

function codesOf(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

type Session = {
  readonly scene: Scene
  readonly habits: Habits
  /** Log return that other stocks share. */
  readonly shared: number
}

function setDay(
  path: PricePath,
  at: number,
  paper: Paper,
  day: number,
  { scene, habits, shared }: Session,
  random: Random,
): void {
  const rules = rulesOf(paper, fromDayNumber(day))
  const base = path.base[at] as number
  const { upper, lower } = priceLimits(Math.max(1, Math.round(base)), rules)
  const quote = (price: number): number =>
    Math.min(upper, Math.max(lower, roundToTick(Math.max(1, price), 'nearest', rules)))
  const usual = habits.volatility * scene.volatility
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
  const surprise = scene.move === null ? Math.abs(close / base - 1) / habits.volatility : 1
  const busy =
    scene.activity * Math.exp(random.normal() * 0.3) * (1 + Math.max(0, surprise - 1) / 2)
  path.volume[at] = Math.max(FEWEST_SHARES, Math.round(habits.volume * busy))
}
