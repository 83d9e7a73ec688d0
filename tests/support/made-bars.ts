// Bars for tests of a single rule: plain, dated, and nothing that a test does not say.

/** One session, as a series takes it. */
export type MadeBar = {
  readonly date: string
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/** Net buying on a date, KRW unless named shares. */
export type MadeFlow = {
  readonly date: string
  readonly foreignNetValue?: number | null
  readonly institutionNetValue?: number | null
  readonly foreignNetVolume?: number | null
  readonly institutionNetVolume?: number | null
}

const FIRST = Date.UTC(2024, 0, 1)
const DAY = 86_400_000

/** The date of the n-th bar; every calendar day has one, so that dates stay simple. */
export function dateOf(position: number): string {
  return new Date(FIRST + position * DAY).toISOString().slice(0, 10)
}

/** The n-th bar. What is not said follows the close, 10,000 unless said; 1,000 shares. */
export function barOf(position: number, change: Partial<Omit<MadeBar, 'date'>> = {}): MadeBar {
  const close = change.close ?? 10_000
  const open = change.open ?? close
  const high = Math.max(open, close)
  const low = Math.min(open, close)
  return { date: dateOf(position), open, high, low, close, volume: 1000, ...change }
}

/** So many equal bars. */
export function equalBars(count: number, change: Partial<Omit<MadeBar, 'date'>> = {}): MadeBar[] {
  return Array.from({ length: count }, (_, position) => barOf(position, change))
}

/** Bars of these closes, each open, high and low its close. */
export function barsOfCloses(closes: readonly number[]): MadeBar[] {
  return closes.map((close, position) => barOf(position, { close }))
}

/** Prices and volumes that never stand still, so that every ratio of scatter is known. */
export function waves(count: number): MadeBar[] {
  return Array.from({ length: count }, (_, k) =>
    barOf(k, { close: 10_000 + 100 * (k % 7), volume: 1000 + (k % 5) }),
  )
}

/** What `createSeries` takes. */
export function seriesInput(
  bars: readonly MadeBar[],
  flows?: readonly MadeFlow[],
): { ticker: string; bars: readonly MadeBar[]; flows?: readonly MadeFlow[] } {
  return { ticker: '005930', bars, ...(flows === undefined ? {} : { flows }) }
}
