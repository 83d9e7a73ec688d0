import { type Bar, priceLimits, roundToTick, type TradeDate } from '@ralph-stock/core'
import { pick, type Random, randomOf } from './random.js'
import type { Segment, StockScript } from './script.js'

const LOWEST = 20
const DAY_MOVES = [-0.03, -0.02, -0.01, -0.005, 0, 0.01, 0.02, 0.03, 0.05] as const
const VOLUME_MOVES = [0.5, 0.7, 0.9, 1, 1.1, 1.5, 2, 3] as const

type State = {
  close: number
  readonly volume: number
  readonly rows: Bar[]
  /** Rows before this position are adjusted by this factor. */
  readonly splits: Array<{ readonly at: number; readonly factor: number }>
}

/**
 * The rows of a stock's story on `sessions`, which its segments fill from the last session back.
 * Prices are whole won on the tick grid within the day's limits; after a split, earlier rows are
 * adjusted and keep the printed close apart.
 */
export function buildBars(script: StockScript, sessions: readonly TradeDate[]): Bar[] {
  const total = sessionsOf(script.segments)
  let at = sessions.length - total
  const date = sessions[Math.max(0, at)]
  if (date === undefined) return []
  // A flat beginning prints the price it starts from, so that price is on the grid too.
  const close = roundToTick(Math.max(LOWEST, script.price), 'nearest', { date, market: 'KOSPI' })
  const state: State = { close, volume: script.volume, rows: [], splits: [] }
  for (const segment of script.segments) {
    const random = randomOf(segment.seed)
    for (let i = 0; i < segment.sessions; i++) {
      const session = sessions[at]
      if (session !== undefined) addRow(state, segment, i, session, random)
      at++
    }
  }
  return adjust(state)
}

/** How many sessions the segments take. */
export function sessionsOf(segments: readonly Segment[]): number {
  return segments.reduce((sum, { sessions }) => sum + sessions, 0)
}

function addRow(state: State, segment: Segment, i: number, date: TradeDate, random: Random): void {
  const { kind, seed } = segment
  if (kind === 'gap') return
  if (kind === 'halt') {
    const { close } = state
    const still = seed % 2 === 0 ? 0 : close
    state.rows.push({ date, open: still, high: still, low: still, close, volume: 0 })
    return
  }
  if (kind === 'split' && i === 0) {
    const factor = pick(random, [2, 5, 10])
    const close = Math.round(state.close / factor)
    if (close >= LOWEST) {
      state.splits.push({ at: state.rows.length, factor })
      state.close = close
    }
  }
  const row = tradedRow(state, segment, date, random)
  state.rows.push(row)
  if (kind !== 'wrong') state.close = row.close
}

function tradedRow(state: State, { kind }: Segment, date: TradeDate, random: Random): Bar {
  const base = state.close
  const limits = priceLimits(base, { date, market: 'KOSPI' })
  const fit = (price: number): number => {
    const ticked = roundToTick(Math.max(LOWEST, price), 'nearest', { date, market: 'KOSPI' })
    return Math.min(limits.upper, Math.max(Math.min(LOWEST, limits.upper), limits.lower, ticked))
  }
  const volume = (factor: number): number => Math.max(1, Math.round(state.volume * factor))
  const still = { date, open: base, high: base, low: base, close: base }
  if (kind === 'flat') return { ...still, volume: volume(1) }
  if (kind === 'round') {
    const close = fit(base * (1 + pick(random, DAY_MOVES)))
    const [low, high] = [Math.min(base, close), Math.max(base, close)]
    return { date, open: base, high, low, close, volume: volume(pick(random, VOLUME_MOVES)) }
  }
  const close = kind === 'limit-up' ? limits.upper : kind === 'limit-down' ? limits.lower : 0
  const moved = close > 0 ? close : fit(base * (1 + driftOf(kind, random)))
  const open = fit(base + (moved - base) * random())
  const reach = 1 + 0.015 * random()
  const high = fit(Math.max(open, moved) * reach)
  const low = fit(Math.min(open, moved) / reach)
  const bar = {
    date,
    open,
    high: Math.max(high, open, moved),
    low: Math.min(low, open, moved),
    close: moved,
    volume: volume(0.2 + 2 * random() ** 3),
  }
  const top = Math.max(open, moved)
  if (kind === 'rounded') return { ...bar, high: top - 1, low: Math.min(bar.low, top - 1) }
  return kind === 'wrong' ? { ...bar, high: top - 3, low: Math.min(bar.low, top - 3) } : bar
}

function driftOf(kind: Segment['kind'], random: Random): number {
  if (kind === 'rise') return 0.005 + 0.04 * random()
  return kind === 'fall' ? -0.005 - 0.04 * random() : 0.06 * (random() - 0.5)
}

function adjust({ rows, splits }: State): Bar[] {
  if (splits.length === 0) return rows
  return rows.map((row, i) => {
    const factor = splits.reduce((all, split) => (i < split.at ? all * split.factor : all), 1)
    const scale = (price: number): number =>
      price === 0 ? 0 : Math.max(1, Math.round(price / factor))
    return {
      ...row,
      open: scale(row.open),
      high: scale(row.high),
      low: scale(row.low),
      close: scale(row.close),
      volume: row.volume * factor,
      rawClose: row.close,
    }
  })
}
