/** What kind of paper a listing is, where the source says so. */
export type StockKind =
  | 'common'
  | 'preferred'
  | 'etf'
  | 'etn'
  | 'elw'
  | 'reit'
  | 'spac'
  | 'fund'
  | 'other'

/** One listing as the exchange's list describes it. */
export type Stock = {
  /** Six characters of digits and capital letters. */
  readonly ticker: string
  readonly name: string
  /** KOSPI, KOSDAQ or KONEX. */
  readonly market: string
  /** The list's own sector string; null when blank. */
  readonly sector: string | null
  /** Null where the source does not say. */
  readonly kind: StockKind | null
  /** The exchange's department, such as 관리종목(소속부없음); null when blank. */
  readonly department: string | null
  /** Shares. */
  readonly listedShares: number | null
  /** KRW. */
  readonly marketCap: number | null
  /** YYYY-MM-DD. */
  readonly listingDate: string | null
}

/** A listing of which nothing but the ticker is known. */
export function unlistedStock(ticker: string): Stock {
  return {
    ticker,
    name: ticker,
    market: '',
    sector: null,
    kind: null,
    department: null,
    listedShares: null,
    marketCap: null,
    listingDate: null,
  }
}
