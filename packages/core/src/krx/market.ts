import type { TradeDate } from './trade-date.js'

/** The stock markets of the Korea Exchange. */
export const KRX_MARKETS = ['KOSPI', 'KOSDAQ', 'KONEX'] as const

/** A stock market of the Korea Exchange. */
export type KrxMarket = (typeof KRX_MARKETS)[number]

/** What is traded: shares, exchange-traded funds and notes, equity-linked warrants. */
export const SECURITY_KINDS = ['stock', 'etf', 'etn', 'elw'] as const

/** A kind of security; the exchange's price rules depend on it. */
export type SecurityKind = (typeof SECURITY_KINDS)[number]

/** Which row of the dated price rules applies. The market defaults to KOSPI, the kind to stock. */
export type PriceContext = {
  readonly date: TradeDate
  readonly market?: KrxMarket
  readonly kind?: SecurityKind
}
