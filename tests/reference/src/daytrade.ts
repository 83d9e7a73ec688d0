import { type Criteria, type Criterion, known, unknown } from './card.js'
import type { Bar } from './data.js'
import { atLeast, atMost, isAbove, isBelow } from './edges.js'
import { mean, valueAt, window } from './statistics.js'
import { foreignNet, institutionNet, type View } from './view.js'

/** `c / c[t-5] - 1`; `null` with fewer than 6 bars. */
export function fiveBarChange(bars: Bar[]): number | null {
  const today = valueAt(bars, 0)
  const past = valueAt(bars, 5)
  if (today === null || past === null || past.close === 0) return null
  return today.close / past.close - 1
}

/**
 * The seven lines (105 points).
 *
 * @param sectorChanges five-bar changes of the eligible stocks of the stock's sector that have
 *   one, the stock's own included; not read when the stock has no sector
 */
export function daytradeCriteria(view: View, sectorChanges: number[]): Criteria {
  return {
    'volume-spike': volumeSpike(view.bars),
    'momentum-breakout': momentumBreakout(view.bars),
    'box-breakout': boxBreakout(view.bars),
    'above-ma5': aboveMean5(view.bars),
    'institution-buying': institutionBuying(view),
    'oversold-bounce': oversoldBounce(view.bars),
    'sector-momentum': sectorMomentum(view, sectorChanges),
  }
}

function fullOrHalf(full: boolean, half: boolean): Criterion {
  if (full) return known(15, 15)
  return known(half ? 8 : 0, 15)
}

function volumeSpike(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  const prior = window(bars, 20, 1)
  if (today === null || prior === null) return unknown(15)
  const usual = mean(prior.map((bar) => bar.volume))
  return fullOrHalf(atLeast(today.volume, 2 * usual), atLeast(today.volume, 1.5 * usual))
}

function momentumBreakout(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  const prior = window(bars, 20, 1)
  if (today === null || prior === null) return unknown(15)
  const highest = Math.max(...prior.map((bar) => bar.high))
  return fullOrHalf(isAbove(today.close, highest), atLeast(today.close, 0.99 * highest))
}

function boxBreakout(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  const prior = window(bars, 20, 1)
  if (today === null || prior === null) return unknown(15)
  const highest = Math.max(...prior.map((bar) => bar.high))
  const lowest = Math.min(...prior.map((bar) => bar.low))
  if (lowest === 0) return unknown(15)
  const tight = atMost((highest - lowest) / lowest, 0.25)
  const middle = (highest + lowest) / 2
  return fullOrHalf(isAbove(today.close, highest) && tight, atLeast(today.close, middle))
}

function aboveMean5(bars: Bar[]): Criterion {
  const own = window(bars, 4, 0)
  const today = valueAt(bars, 0)
  if (today === null || own === null) return unknown(15)
  const average = mean(own.map((bar) => bar.close))
  return fullOrHalf(isAbove(today.close, average), atLeast(today.close, 0.99 * average))
}

function institutionBuying(view: View): Criterion {
  const today = valueAt(view.bars, 0)
  if (today === null) return unknown(15)
  const foreign = foreignNet(view, today)
  const institution = institutionNet(view, today)
  if (foreign === null || institution === null) return unknown(15)
  return fullOrHalf(atLeast(foreign + institution, 10e9), atLeast(foreign + institution, 5e9))
}

function oversoldBounce(bars: Bar[]): Criterion {
  const today = valueAt(bars, 0)
  const before = valueAt(bars, 1)
  const twoBefore = valueAt(bars, 2)
  if (today === null || before === null || twoBefore === null) return unknown(15)
  if (before.close === 0 || twoBefore.close === 0) return unknown(15)
  const fall = before.close / twoBefore.close - 1
  const bounce = today.close / before.close - 1
  return fullOrHalf(
    atMost(fall, -0.03) && atLeast(bounce, 0.02),
    isBelow(fall, -0.01) && isAbove(bounce, 0),
  )
}

function sectorMomentum(view: View, sectorChanges: number[]): Criterion {
  const own = fiveBarChange(view.bars)
  if (view.stock.sector === '' || own === null || sectorChanges.length < 5) return unknown(15)
  // Another stock's number is no threshold: the rank compares exactly.
  const rank = 1 + sectorChanges.filter((other) => other > own).length
  const share = rank / sectorChanges.length
  return fullOrHalf(atMost(share, 0.2), atMost(share, 0.4))
}
