import { createRandom, type Random } from './random.js'

/** Log returns that stocks share, session by session. */
export type Factors = {
  readonly market: Float64Array
  readonly sectors: readonly Float64Array[]
}

const MARKET_STREAM = 200_000
const SECTOR_STREAM = 300_000

/** Log return of the market on the last session: quiet, so that the stocks of the day stand out. */
const LAST_MARKET_MOVE = -0.007

/** Invents the moves of the market and of each sector beside it; quiet and wild times alternate. */
export function inventFactors(seed: number, sessions: number, sectorCount: number): Factors {
  const market = clusteredReturns(createRandom(seed, MARKET_STREAM), sessions, 0.008, 0.0001)
  market[sessions - 1] = LAST_MARKET_MOVE
  const sectors = Array.from({ length: sectorCount }, (_, k) =>
    clusteredReturns(createRandom(seed, SECTOR_STREAM + k), sessions, 0.007, 0),
  )
  return { market, sectors }
}

function clusteredReturns(
  random: Random,
  sessions: number,
  volatility: number,
  drift: number,
): Float64Array {
  const next = createCluster(volatility)
  return Float64Array.from({ length: sessions }, () => drift + next(random.fatTailed()))
}

/**
 * Turns independent draws into returns whose size depends on the sizes before (GARCH 1,1): a wild day
 * is followed by wild days.
 */
export function createCluster(volatility: number): (draw: number) => number {
  const usual = volatility * volatility
  let variance = usual
  return (draw) => {
    const value = draw * Math.sqrt(variance)
    // A single day must not make the rest of the year wild.
    const square = Math.min(value * value, 9 * usual)
    variance = 0.06 * usual + 0.12 * square + 0.82 * variance
    return value
  }
}
