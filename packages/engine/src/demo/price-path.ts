import {
  fromDayNumber,
  krxMarket,
  type PriceContext,
  priceLimits,
  roundToTick,
} from '@ralph-stock/core'
import { createCluster, type Factors } from './factors.js'
import type { DemoListing } from './listings.js'
import type { Random } from './random.js'
import { createStory, type Scene } from './stories.js'

/** The sessions of one invented stock, oldest first, halts included. */
export type PricePath = {
  readonly days: Int32Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
  readonly tradedValue: Float64Array
  /** Lean of net buying on each session, as a share of the traded value. */
  readonly buying: Float64Array
}

/**
 * Invents daily prices: on the tick grid, within the price limits of each day, with fat tails and
 * wild and quiet times.
 *
 * @param days day numbers of all sessions of the market
 */
export function inventPrices(
  listing: DemoListing,
  days: Int32Array,
  factors: Factors,
  random: Random,
): PricePath {
  const first = days.length - listing.sessions
  const story = createStory(listing.story, random)
  const cluster = createCluster(listing.volatility)
  const sector = factors.sectors[listing.sectorNumber] as Float64Array
  const path = emptyPath(days.subarray(first))
  const market = krxMarket(listing.stock.market)
  const halted = new Set(listing.halted)
  let context: PriceContext = { date: fromDayNumber(days[first] as number), market }
  let previous = roundToTick(listing.startPrice, 'nearest', context)
  let anchor = Number.NaN
  let interest = 0
  for (let i = 0; i < path.days.length; i++) {
    const left = path.days.length - 1 - i
    const scene = story(left)
    context = { date: fromDayNumber(path.days[i] as number), market }
    anchor = scene.pull > 0 ? (Number.isNaN(anchor) ? previous : anchor) : Number.NaN
    const own = cluster(random.fatTailed()) * scene.volatility
    const shared =
      listing.beta * (factors.market[first + i] as number) + 0.8 * (sector[first + i] as number)
    const back = scene.pull > 0 ? scene.pull * Math.log(anchor / previous) : 0
    const move = Math.exp(scene.drift + own + scene.exposure * shared + back) - 1
    interest = 0.7 * interest + 0.25 * random.normal()
    const sign = halted.has(left) ? 0 : 1
    setPrices(path, i, previous, scene.move ?? move, scene, listing, context, random)
    const surprise = Math.abs((path.close[i] as number) / previous - 1) / listing.volatility
    const value =
      listing.usualValue *
      scene.activity *
      Math.exp(interest) *
      (scene.move === null ? 1 + 0.5 * Math.max(0, surprise - 1) : 1)
    if (sign === 0) setHalt(path, i, previous)
    else setVolume(path, i, value)
    path.buying[i] = scene.buying
    previous = path.close[i] as number
  }
  return path
}

function emptyPath(days: Int32Array): PricePath {
  const make = (): Float64Array => new Float64Array(days.length)
  return {
    days,
    open: make(),
    high: make(),
    low: make(),
    close: make(),
    volume: make(),
    tradedValue: make(),
    buying: make(),
  }
}

function setPrices(
  path: PricePath,
  i: number,
  previous: number,
  move: number,
  scene: Scene,
  listing: DemoListing,
  context: PriceContext,
  random: Random,
): void {
  const { upper, lower } = priceLimits(previous, context)
  const within = (price: number): number => {
    const quoted = roundToTick(Math.max(price, 1), 'nearest', context)
    return Math.min(upper, Math.max(lower, quoted))
  }
  const usual = listing.volatility * scene.volatility
  const strong = scene.move !== null && scene.move > 0
  const close = within(previous * (1 + move))
  // A day of the move opens near the last close and ends near its high.
  const gap = strong ? random.between(-0.004, 0.012) : 0.35 * usual * random.normal()
  const open = within(previous * (1 + gap))
  const above = strong ? 0.12 * move * random.uniform() : 0.7 * usual * Math.abs(random.normal())
  const below = (strong ? 0.3 : 0.7) * usual * Math.abs(random.normal())
  path.close[i] = close
  path.open[i] = open
  path.high[i] = Math.max(open, close, within(Math.max(open, close) * (1 + above)))
  path.low[i] = Math.min(open, close, within(Math.min(open, close) * (1 - below)))
}

function setVolume(path: PricePath, i: number, value: number): void {
  const high = path.high[i] as number
  const low = path.low[i] as number
  const average = ((path.open[i] as number) + high + low + (path.close[i] as number)) / 4
  const volume = Math.max(1, Math.round(value / average))
  path.volume[i] = volume
  path.tradedValue[i] = Math.round(volume * average)
}

// As the exchange's files write it: no trade, the open 0, the close carried.
function setHalt(path: PricePath, i: number, previous: number): void {
  path.open[i] = 0
  path.high[i] = 0
  path.low[i] = 0
  path.close[i] = previous
  path.volume[i] = 0
  path.tradedValue[i] = 0
}
