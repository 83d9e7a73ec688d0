/** One session of one stock, as it enters. Prices are KRW, volume is shares, traded value is KRW. */
export type Bar = {
  /** YYYY-MM-DD, KST. */
  readonly date: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  /** KRW; close x volume where the source has none. */
  readonly tradedValue?: number | null
  /** The close as it was printed, where the others are adjusted. */
  readonly rawClose?: number | null
}

/** Net buying on one date. A side may come as value, as shares, or not at all. */
export type Flow = {
  /** YYYY-MM-DD, KST. */
  readonly date: string
  /** KRW. */
  readonly foreignNetValue?: number | null
  /** KRW. */
  readonly institutionNetValue?: number | null
  readonly foreignNetVolume?: number | null
  readonly institutionNetVolume?: number | null
  /** An estimate published during the session, not the figure of the close. */
  readonly provisional?: boolean
}

/** One analysed article about the stock. */
export type Article = {
  /** Epoch ms UTC. */
  readonly publishedAt: number
  /** What makes two copies the same article: its address, or the source's own id. */
  readonly id: string
  /** -1 to 1; above 0 is positive, below 0 negative. Null while it could not be analysed. */
  readonly sentiment: number | null
}

/** What a row of prices is. */
export type BarKind = 'bar' | 'halt' | 'repaired' | 'inconsistent'

// Rounding of an adjustment moves a price by at most 1 won; more is a wrong row.
const ROUNDING = 1

/**
 * Tells a traded bar from a halt, and a rounded row from a wrong one.
 *
 * `halt`: volume 0, not a bar. `repaired`: breaks low <= open, close <= high by at most 1 won, sound
 * once high and low are widened. `inconsistent`: breaks it by more, has a price of 0 and volume, or
 * misses a number (NaN).
 */
export function classifyBar(
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
): BarKind {
  if (volume === 0) return 'halt'
  if (!(open > 0 && close > 0 && low > 0 && volume > 0)) return 'inconsistent'
  const top = open > close ? open : close
  const bottom = open < close ? open : close
  if (low <= bottom && top <= high) return 'bar'
  const excess = Math.max(low - bottom, top - high)
  return excess <= ROUNDING ? 'repaired' : 'inconsistent'
}
