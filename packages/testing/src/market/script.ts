import type { Stock } from '@ralph-stock/core'

/** What happens to a stock over some sessions. */
export type SegmentKind =
  /** A random walk on the tick grid. */
  | 'walk'
  /** Neither price nor volume moves. */
  | 'flat'
  /** Moves and volumes that fall on the thresholds of rules: 1 %, 3 %, twice, half. */
  | 'round'
  | 'rise'
  | 'fall'
  /** Closed locked at the upper or the lower price limit. */
  | 'limit-up'
  | 'limit-down'
  /** A row with volume 0. */
  | 'halt'
  /** No row at all. */
  | 'gap'
  /** Two, five or ten shares for one; the prices before are adjusted. */
  | 'split'
  /** A row that rounding broke by 1 won. */
  | 'rounded'
  /** A row that no market can print. */
  | 'wrong'

/** A stretch of sessions. */
export type Segment = {
  readonly kind: SegmentKind
  readonly sessions: number
  readonly seed: number
}

/** What a source knows of a stock's net buying. */
export type FlowScript = 'none' | 'values' | 'shares' | 'holes' | 'provisional'

/** One article, told from the last session back. */
export type ArticleScript = {
  readonly daysBack: number
  /** KST. */
  readonly time: string
  /** Articles of one number are copies of each other. */
  readonly number: number
  readonly sentiment: number | null
}

/** A stock as a story: what it is, and what happens to it up to the last session. */
export type StockScript = {
  readonly stock: Stock
  /** KRW. */
  readonly price: number
  /** Shares. */
  readonly volume: number
  readonly segments: readonly Segment[]
  readonly flows: FlowScript
  /** Null: no news source. */
  readonly articles: readonly ArticleScript[] | null
}

/** A market as a story: small to shrink, and small to tell. */
export type MarketScript = {
  readonly stocks: readonly StockScript[]
  readonly indexSeed: number
  /** An index that lacks one session, counted from the last one back; null when none does. */
  readonly indexGap: { readonly name: string; readonly sessionsBack: number } | null
}
