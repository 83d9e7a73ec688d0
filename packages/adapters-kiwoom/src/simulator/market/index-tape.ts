import type { IndexDay } from './index-level.js'
import type { Paper } from './listings.js'
import type { SimulatedMarket } from './market.js'

/** An index through one day. */
export type IndexTape = {
  /** What it was at a second of the day: the day's values so far. */
  at(second: number): IndexDay
}

/** Seconds between two values of an index. */
const STEP = 10
const STEPS = 86_400 / STEP
const REGULAR = 2

/** Adds the trades of all members up, every ten seconds. */
export function createIndexTape(
  market: SimulatedMarket,
  members: readonly Paper[],
  at: number,
  level: number,
): IndexTape {
  const make = (): Float64Array => new Float64Array(STEPS)
  const moved = make()
  const volume = make()
  const value = make()
  let base = 0
  let opened = STEPS
  for (const paper of members) {
    const tape = market.tape(paper, 'KRX', at)
    const shares = paper.listedShares
    let last = market.path(paper).base[at] as number
    base += last * shares
    for (let i = 0; i < tape.length; i++) {
      // A value counts the trades through its own second.
      const step = Math.min(STEPS - 1, Math.ceil((tape.second[i] as number) / STEP))
      const price = tape.price[i] as number
      const size = Math.abs(tape.quantity[i] as number)
      if (tape.session[i] === REGULAR) opened = Math.min(opened, step)
      moved[step] = (moved[step] as number) + (price - last) * shares
      volume[step] = (volume[step] as number) + size
      value[step] = (value[step] as number) + size * price
      last = price
    }
  }
  const close = make()
  const high = make().fill(level)
  const low = make().fill(level)
  let price = base
  for (let step = 0; step < STEPS; step++) {
    price += moved[step] as number
    const now = points(level, { base, price })
    close[step] = now
    if (step > 0) {
      volume[step] = (volume[step] as number) + (volume[step - 1] as number)
      value[step] = (value[step] as number) + (value[step - 1] as number)
    }
    if (step < opened) continue
    high[step] = step === opened ? now : Math.max(high[step - 1] as number, now)
    low[step] = step === opened ? now : Math.min(low[step - 1] as number, now)
  }
  return {
    at: (second) => {
      const step = Math.min(STEPS - 1, Math.max(0, Math.floor(second / STEP)))
      return {
        open: step < opened ? level : (close[opened] as number),
        high: high[step] as number,
        low: low[step] as number,
        close: close[step] as number,
        volume: volume[step] as number,
        value: value[step] as number,
      }
    },
  }
}

/** A level moved as its members did, in hundredths of a point. */
export function points(
  level: number,
  { base, price }: { readonly base: number; readonly price: number },
): number {
  return base === 0 ? level : Math.round((level * price * 100) / base) / 100
}
