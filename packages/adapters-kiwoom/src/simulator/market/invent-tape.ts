import { type PriceContext, roundToTick } from '@ralph-stock/core'
import type { Random } from './random.js'
import { type Interrupted, type RawTrade, type Tape, tapeOf } from './tape.js'

/** The day that a tape must come out at. */
export type DayOfTape = {
  readonly base: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly trades: number
  readonly rules: PriceContext
  /** Seconds after midnight: the regular session's opening, and the end of the closing auction. */
  readonly opens: number
  readonly closes: number
}

const AUCTION_SECONDS = 600
const INTERRUPTION_SECONDS = 120
const INTERRUPTION_MOVE = 0.1

/** Trades at KRX: before hours, both auctions, in between, after hours. They make the day exactly. */
export function inventKrxTape(day: DayOfTape, random: Random): Tape {
  if (day.volume === 0) return tapeOf([], true)
  const before = Math.floor(day.volume * 0.01)
  const after = Math.floor(day.volume * 0.02)
  const regular = regularTrades(day, day.volume - before - after, random)
  const interruptions = interrupt(regular, day)
  const { opens, closes, close } = day
  const trades = [
    ...spread(before, 2, opens - 1800, opens - 1205, random).map((part) => ({
      ...part,
      price: day.base,
      session: 1,
    })),
    ...regular.filter((trade) => trade.quantity !== 0),
    ...spread(after, 6, closes + 600, closes + 1799, random).map((part) => ({
      ...part,
      price: close,
      session: 3,
    })),
  ]
  return tapeOf(trades, true, interruptions)
}

/** Trades at Nextrade: before, during and after the hours of KRX, near its prices. */
export function inventNxtTape(day: DayOfTape, krx: Tape, random: Random): Tape {
  if (day.volume === 0) return tapeOf([], false)
  const volume = Math.floor(day.volume * 0.4)
  const count = Math.max(4, Math.floor(day.trades * 0.4))
  const near = (price: number): number => {
    const moved = price * (1 + random.normal() * 0.001)
    return Math.min(day.high, Math.max(day.low, roundToTick(moved, 'nearest', day.rules)))
  }
  const part = (share: number, from: number, to: number, session: number): RawTrade[] =>
    spread(Math.floor(volume * share), Math.ceil(count * share), from, to, random).map((trade) => ({
      ...trade,
      session,
      price: 0,
    }))
  const trades = [
    ...part(0.15, day.opens - 3600, day.opens - 601, 1),
    ...part(0.7, day.opens + 30, day.closes - AUCTION_SECONDS - 1, 2),
    ...part(0.15, day.closes, day.closes + 16_199, 3),
  ]
  let at = 0
  for (const trade of trades) {
    while (at < krx.length && (krx.second[at] as number) <= trade.second) at++
    const last = at === 0 ? day.open : (krx.price[at - 1] as number)
    trade.price = near(trade.session === 3 ? day.close : last)
  }
  return tapeOf(trades, false)
}

/** Both venues as one market. */
export function mergeTapes(krx: Tape, nxt: Tape): Tape {
  const trades: RawTrade[] = []
  let a = 0
  let b = 0
  while (a < krx.length || b < nxt.length) {
    const first =
      b >= nxt.length || (a < krx.length && (krx.second[a] as number) <= (nxt.second[b] as number))
    trades.push(first ? tradeAt(krx, a++) : tradeAt(nxt, b++))
  }
  return tapeOf(trades, false, krx.interruptions)
}

function tradeAt(tape: Tape, at: number): RawTrade {
  return {
    second: tape.second[at] as number,
    price: tape.price[at] as number,
    quantity: tape.quantity[at] as number,
    session: tape.session[at] as number,
  }
}

function regularTrades(day: DayOfTape, volume: number, random: Random): RawTrade[] {
  const count = Math.max(6, Math.min(day.trades, volume))
  const ends = day.closes - AUCTION_SECONDS
  const quantities = share(volume, count, random)
  const seconds = Array.from({ length: count - 2 }, () => {
    // Busy after the opening and before the closing auction.
    const x = random.next()
    const bent = x < 0.5 ? 2 * x * x : 1 - 2 * (1 - x) * (1 - x)
    const at = random.next() < 0.6 ? 1 - Math.abs(1 - 2 * bent) : x
    const u = random.next() < 0.5 ? at / 2 : 1 - at / 2
    return day.opens + 30 + Math.floor(u * (ends - day.opens - 31))
  }).sort((a, b) => a - b)
  const highAt = 1 + random.below(count - 2)
  let lowAt = 1 + random.below(count - 2)
  if (lowAt === highAt) lowAt = 1 + (highAt % (count - 2))
  const range = day.high - day.low
  let noise = 0
  return quantities.map((size, at): RawTrade => {
    const progress = at / (count - 1)
    noise = noise * 0.95 + random.normal() * 0.12
    const path = day.open + (day.close - day.open) * progress + noise * range
    const within = Math.min(day.high, Math.max(day.low, path))
    const quoted = Math.min(
      day.high,
      Math.max(day.low, roundToTick(Math.max(1, within), 'nearest', day.rules)),
    )
    const last = at === count - 1
    const price = last
      ? day.close
      : at === 0
        ? day.open
        : at === highAt
          ? day.high
          : at === lowAt
            ? day.low
            : quoted
    const second =
      at === 0
        ? day.opens + random.below(20)
        : last
          ? day.closes + random.below(25)
          : (seconds[at - 1] as number)
    return { second, price, quantity: random.next() < 0.5 ? size : -size, session: 2 }
  })
}

/** Stops trading for two minutes where the price moved by a tenth, and prints one price after them. */
function interrupt(trades: RawTrade[], day: DayOfTape): Interrupted[] {
  const found: Interrupted[] = []
  const ends = day.closes - AUCTION_SECONDS - INTERRUPTION_SECONDS - 60
  let reference = day.open
  for (let at = 1; at < trades.length - 1; at++) {
    const { price, second } = trades[at] as RawTrade
    if (second >= ends) break
    if (Math.abs(price / reference - 1) < INTERRUPTION_MOVE) continue
    const release = second + INTERRUPTION_SECONDS
    const held: RawTrade[] = []
    for (let next = at + 1; next < trades.length - 1; next++) {
      const trade = trades[next] as RawTrade
      if (trade.second > release) break
      held.push(trade)
    }
    found.push({ second, release, price, reference })
    reference = print(held, release, day) ?? price
    at += held.length
  }
  return found
}

/** All held trades as one; the day's extremes must still be seen. */
function print(held: readonly RawTrade[], release: number, day: DayOfTape): number | null {
  const [first, ...others] = held
  if (first === undefined) return null
  const prices = held.map((trade) => trade.price)
  const last = prices[prices.length - 1] as number
  const high = prices.includes(day.high)
  const low = prices.includes(day.low)
  if (high && low) {
    // Both extremes in one print cannot be: they stay two trades of one second.
    for (const trade of held) trade.second = release
    return last
  }
  first.price = high ? day.high : low ? day.low : last
  first.second = release
  let size = Math.abs(first.quantity)
  for (const trade of others) {
    size += Math.abs(trade.quantity)
    trade.quantity = 0
  }
  first.quantity = size
  return first.price
}

function spread(
  volume: number,
  count: number,
  from: number,
  to: number,
  random: Random,
): Array<{ second: number; quantity: number }> {
  const parts = share(volume, Math.min(count, volume), random)
  const seconds = parts.map(() => from + random.below(to - from)).sort((a, b) => a - b)
  return parts.map((size, at) => ({
    second: seconds[at] as number,
    quantity: random.next() < 0.5 ? size : -size,
  }))
}

/** `volume` in `count` parts of at least one share each; of fewer shares the last parts get none. */
function share(volume: number, count: number, random: Random): number[] {
  if (count <= 0) return []
  if (volume < count) return Array.from({ length: count }, (_, at) => (at < volume ? 1 : 0))
  const weights = Array.from({ length: count }, () => 0.05 - Math.log(1 - random.next()))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const free = volume - count
  const parts = weights.map((weight) => 1 + Math.floor((free * weight) / total))
  const rest = volume - parts.reduce((sum, part) => sum + part, 0)
  parts[count - 1] = (parts[count - 1] as number) + rest
  return parts
}
