import { type QuoteVenue, type SessionCalendar, sessionPhase } from '@ralph-stock/core'

/** What a watchdog looks at. Epoch ms. */
export type Signs = {
  readonly now: number
  /** When the connection was ready. */
  readonly liveSince: number
  /** When any frame came last, and when a trade did. */
  readonly lastFrameAt: number
  readonly lastTradeAt: number
  /** The longest pause between the last pings; null before two were seen. */
  readonly pingEveryMs: number | null
  /** Stocks whose trades are registered. */
  readonly tradedStocks: number
}

/** What the signs mean: all well, no trades because there is no trading, or a dead line. */
export type Verdict = 'well' | 'closed' | 'silent'

const PINGS_MISSED = 3.5
const MANY_STOCKS = 20
const SILENCE_OF_MANY_MS = 45_000
const SILENCE_OF_FEW_MS = 300_000

/** Phases in which trades follow each other; auctions hold back theirs for minutes. */
const CONTINUOUS = new Set(['regular', 'main', 'pre-market', 'after-market'])

/**
 * Tells a dead line from a closed market. A line is dead when pings stay out, whatever the hour, or
 * when trades do while the venue trades: with few thin stocks registered that takes longer to say.
 */
export function judgeSilence(signs: Signs, venue: QuoteVenue, calendar: SessionCalendar): Verdict {
  const { now, liveSince, pingEveryMs } = signs
  const heard = Math.max(signs.lastFrameAt, liveSince)
  if (pingEveryMs !== null && now - heard > pingEveryMs * PINGS_MISSED) return 'silent'
  if (!trades(now, venue, calendar)) return 'closed'
  if (signs.tradedStocks === 0) return 'well'
  const patience = signs.tradedStocks >= MANY_STOCKS ? SILENCE_OF_MANY_MS : SILENCE_OF_FEW_MS
  // A session that has just begun was not silent before.
  if (!trades(now - patience, venue, calendar)) return 'well'
  return now - Math.max(signs.lastTradeAt, liveSince) > patience ? 'silent' : 'well'
}

/** Whether trades follow each other at an instant. */
export function trades(at: number, venue: QuoteVenue, calendar: SessionCalendar): boolean {
  if (venue !== 'NXT' && CONTINUOUS.has(phaseAt(at, calendar, 'KRX'))) return true
  return venue !== 'KRX' && CONTINUOUS.has(phaseAt(at, calendar, 'NXT'))
}

function phaseAt(at: number, calendar: SessionCalendar, venue: 'KRX' | 'NXT'): string {
  try {
    return sessionPhase(at, calendar, venue)
  } catch {
    // Beyond the calendar nothing is known to trade.
    return 'closed'
  }
}
