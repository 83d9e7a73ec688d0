import type { PricePath } from './price-path.js'

/** The bars of a paper so far, those without trades left out. */
export type Trail = {
  readonly length: number
  /** Adds the day at a position. */
  add(path: PricePath, at: number): void
  /** The close `back` bars before the last one (0). */
  close(back: number): number
  /** The return of a bar, of its close against the close before it. */
  move(back: number): number
  volume(back: number): number
  /** The highest price of the last bars. */
  highest(bars: number): number
  /** Of the closes of the last bars, the highest over the lowest, less 1. */
  range(bars: number): number
  habits(): Habits
}

/** What is usual for a paper, by its last bars. */
export type Habits = {
  /** Shares a day. */
  readonly volume: number
  /** Standard deviation of a day's return. */
  readonly volatility: number
}

/** Bars that make a habit. Sums are made anew each day: the same bars give the same bits. */
const HABIT_BARS = 120
const FEWEST_SHARES = 60
const CALMEST = 0.003
const WILDEST = 0.045
/** The mean of a normal variable's size, as a share of its standard deviation. */
const MEAN_SIZE = 0.8

/** Makes a trail of the days of a path before a position. */
export function createTrail(path: PricePath, end: number): Trail {
  const closes: number[] = []
  const highs: number[] = []
  const moves: number[] = []
  const volumes: number[] = []
  const logVolumes: number[] = []

  const add = (from: PricePath, at: number): void => {
    const volume = from.volume[at] as number
    const close = from.close[at] as number
    if (volume === 0 || close === 0) return
    const before = closes[closes.length - 1]
    moves.push(before === undefined ? 0 : close / before - 1)
    closes.push(close)
    highs.push(from.high[at] as number)
    volumes.push(volume)
    logVolumes.push(Math.log(volume))
  }
  for (let at = 0; at < end; at++) add(path, at)

  const back = (values: readonly number[], bars: number): number =>
    values[values.length - 1 - bars] ?? 0
  const last = (values: readonly number[], bars: number): readonly number[] => values.slice(-bars)

  return {
    get length() {
      return closes.length
    },
    add,
    close: (bars) => back(closes, bars),
    move: (bars) => back(moves, bars),
    volume: (bars) => back(volumes, bars),
    highest: (bars) => Math.max(0, ...last(highs, bars)),
    range: (bars) => Math.max(...last(closes, bars)) / Math.min(...last(closes, bars)) - 1,
    habits: () => {
      const first = Math.max(0, closes.length - HABIT_BARS)
      let logs = 0
      let sizes = 0
      for (let i = first; i < closes.length; i++) logs += logVolumes[i] as number
      // The first bar of all has no close before it.
      for (let i = Math.max(1, first); i < closes.length; i++) sizes += Math.abs(moves[i] as number)
      const count = closes.length - first
      const usual = sizes / Math.max(1, closes.length - Math.max(1, first)) / MEAN_SIZE
      return {
        volume: Math.max(FEWEST_SHARES, count === 0 ? 0 : Math.round(Math.exp(logs / count))),
        volatility: Math.min(WILDEST, Math.max(CALMEST, usual)),
      }
    },
  }
}
