/** One update of a stock during a session. */
export type Tick = {
  readonly ticker: string
  /** When it happened, epoch ms UTC; its KST date is the session. */
  readonly at: number
  /** Last price, KRW. */
  readonly price: number
  /** Shares traded in the session so far, this trade included. */
  readonly volume: number
  /** KRW traded so far; close x volume where the feed has none. */
  readonly tradedValue?: number
  /** The session's open, high and low where the feed carries them; else made from the ticks seen. */
  readonly open?: number
  readonly high?: number
  readonly low?: number
  /** Other columns of the bar as they come: `{ 'flows.foreign': 1.2e9, 'news.positive': 2 }`. */
  readonly columns?: Readonly<Record<string, number>>
}

/** Why a tick was not taken. None of them changes anything. */
export type TickRefusal =
  | 'E_TICK_UNKNOWN_STOCK'
  | 'E_TICK_VALUE'
  | 'E_TICK_BEYOND_LIMIT'
  | 'E_TICK_NO_SESSION'
  | 'E_TICK_OUT_OF_ORDER'
  | 'E_TICK_DUPLICATE'

/** What became of a tick. */
export type TickResult =
  | {
      readonly accepted: true
      /** Scores by position of the strategies; the array is used again by the next update. */
      readonly scores: Float64Array
      /** Whether any score, or what is known, differs from before. */
      readonly changed: boolean
    }
  | { readonly accepted: false; readonly code: TickRefusal; readonly message: string }
