// The book of a live market: a row per stock of what every tick reads, in one array.

/** The last bar's day number; -Infinity when there is none. */
export const DAY = 0
/** When the last tick was taken, epoch ms. */
export const LAST_AT = 1
/** Shares so far as the feed says. */
export const LAST_VOLUME = 2
/** The session that the limits behind it are those of. */
export const LIMITS_DAY = 3
export const UPPER_LIMIT = 4
export const LOWER_LIMIT = 5
/** Where the last bar's trades begin, in the order of `TRADE_COLUMNS`. */
export const TRADED = 6

export const OPEN = 0
export const HIGH = 1
export const LOW = 2
export const CLOSE = 3
export const VOLUME = 4
export const TRADED_VALUE = 5
export const RAW_CLOSE = 6

/** The columns that trades change. */
export const TRADE_COLUMNS: readonly string[] = [
  'bars.open',
  'bars.high',
  'bars.low',
  'bars.close',
  'bars.volume',
  'bars.tradedValue',
  'bars.rawClose',
]

/** Numbers of a row: those above, rounded up to whole lines of a processor's memory. */
export const ROW = 16

/** Room for as many bars again as are kept, so that moving them is rare. */
export const SPARE = 2

/** Where the columns that strategies read stand, for all stocks alike. */
export type LiveLayout = {
  /** Position by name. */
  readonly order: ReadonlyMap<string, number>
  /** Position by field of the trades; -1 for those that no strategy reads. */
  readonly trades: readonly number[]
}

/** Lays out the columns of `names`. */
export function liveLayout(names: readonly string[]): LiveLayout {
  const order = new Map(names.map((name, position) => [name, position]))
  return { order, trades: TRADE_COLUMNS.map((name) => order.get(name) ?? -1) }
}

/** The row of a stock whose last bar is that of `day`, before its first tick. */
export function openRow(book: Float64Array, row: number, day: number): void {
  book.fill(Number.NaN, row, row + ROW)
  book[row + DAY] = day
  book[row + LAST_AT] = Number.NEGATIVE_INFINITY
  book[row + LAST_VOLUME] = 0
}

/** A stock's place in a book. */
export type BookRow = { readonly book: Float64Array; readonly row: number }

/** The day number of the last bar; -Infinity when there is none. */
export function lastDay({ book, row }: BookRow): number {
  return book[row + DAY] as number
}

/** When the last tick was taken, epoch ms; -Infinity before the first. */
export function lastAt({ book, row }: BookRow): number {
  return book[row + LAST_AT] as number
}

/** Shares so far as the feed says, before any projection. */
export function lastVolume({ book, row }: BookRow): number {
  return book[row + LAST_VOLUME] as number
}

/** The close of the last bar as it stands; missing when there is none. */
export function lastClose({ book, row }: BookRow): number {
  return book[row + TRADED + CLOSE] as number
}

/** The highest price of the session that was asked for last. */
export function upperLimit({ book, row }: BookRow): number {
  return book[row + UPPER_LIMIT] as number
}

/** The lowest price of the session that was asked for last. */
export function lowerLimit({ book, row }: BookRow): number {
  return book[row + LOWER_LIMIT] as number
}
