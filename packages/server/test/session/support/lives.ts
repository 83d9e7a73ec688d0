import type { Simulator } from '@ralph-stock/adapters-kiwoom/simulator'
import type { SignalView } from '../../../src/api/index.js'

/** How a signal ends by the trades of a day; null when it stays open. */
export type End = {
  readonly reason: 'target' | 'stop' | 'expired'
  readonly price: number
  /** Seconds after midnight in Korea; null for the close. */
  readonly second: number | null
}

/** A trade of the regular session. */
export type Print = { readonly second: number; readonly price: number }

/** The trades of a stock's regular session, as the simulator made them. */
export function printsOf({ market, clock }: Simulator, ticker: string): Print[] {
  const paper = market.paper(ticker)
  if (paper === undefined) return []
  const tape = market.tape(paper, 'KRX', market.moment(clock.now()).at)
  return Array.from({ length: tape.length }, (_, k) => k)
    .filter((k) => tape.session[k] === 2)
    .map((k) => ({ second: tape.second[k] as number, price: tape.price[k] as number }))
}

/**
 * What the closing rule makes of a position through one day, told from its trades alone: the first trade
 * at or through a level ends it, at the level, or at the open that gapped through it.
 */
export function endByPrints(
  signal: Pick<SignalView, 'target_price' | 'stop_price'>,
  prints: readonly Print[],
  held: { readonly since: number; readonly before: boolean; readonly ends: boolean },
): End | null {
  const [target, stop] = [signal.target_price ?? Number.NaN, signal.stop_price ?? Number.NaN]
  const [open] = prints
  for (const { second, price } of prints) {
    if (second <= held.since) continue
    const reason = price <= stop ? 'stop' : price >= target ? 'target' : null
    if (reason === null) continue
    const gapped = held.before && open?.second === second && open.price === price
    return { reason, price: gapped ? price : reason === 'stop' ? stop : target, second }
  }
  const close = prints.at(-1)
  return held.ends && close !== undefined
    ? { reason: 'expired', price: close.price, second: null }
    : null
}
