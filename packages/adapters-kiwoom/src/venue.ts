import { type QuoteVenue, RalphError } from '@ralph-stock/core'

/** A code as the broker writes it, taken apart. */
export type Item = { readonly ticker: string; readonly venue: QuoteVenue }

const SUFFIX: Readonly<Record<QuoteVenue, string>> = { KRX: '', NXT: '_NX', unified: '_AL' }
const TICKER = /^[0-9A-Z]{6}$/
const ITEM = /^([0-9A-Z]{6})(_NX|_AL)?$/
const INDUSTRY = /^(\d{3})(_NX|_AL)?$/

/**
 * How the broker wants a stock of a venue to be written.
 *
 * @throws RalphError E_PARAM_RANGE
 */
export function itemOf(ticker: string, venue: QuoteVenue): string {
  return requireTicker(ticker) + SUFFIX[venue]
}

/**
 * Refuses what the broker cannot be asked for.
 *
 * @throws RalphError E_PARAM_RANGE
 */
export function requireTicker(ticker: string): string {
  if (TICKER.test(ticker)) return ticker
  throw new RalphError(
    'E_PARAM_RANGE',
    `ticker must be six digits or capital letters; found "${ticker}"`,
    { name: 'ticker', value: ticker },
  )
}

/** Takes a code apart; null when it is none. A letter before the six characters (A005930) is dropped. */
export function readItem(text: string): Item | null {
  const bare = text.length === 7 && /^[AQ]/.test(text) ? text.slice(1) : text
  const match = ITEM.exec(bare)
  if (match === null) return null
  return { ticker: match[1] ?? '', venue: venueOfSuffix(match[2]) }
}

/** Takes an industry code apart; null when it is none. */
export function readIndustry(text: string): { code: string; venue: QuoteVenue } | null {
  const match = INDUSTRY.exec(text)
  return match === null ? null : { code: match[1] ?? '', venue: venueOfSuffix(match[2]) }
}

/** The number by which rankings name a venue. */
export function exchangeNumber(venue: QuoteVenue): '1' | '2' | '3' {
  return venue === 'KRX' ? '1' : venue === 'NXT' ? '2' : '3'
}

function venueOfSuffix(suffix: string | undefined): QuoteVenue {
  return suffix === '_NX' ? 'NXT' : suffix === '_AL' ? 'unified' : 'KRX'
}
