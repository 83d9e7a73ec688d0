import type { SignalView } from '@ralph-stock/server/api'

/** Which signals of a table are shown. Empty or `ALL` leaves nothing out. */
export type SignalFilter = {
  readonly grade: string
  readonly market: string
  readonly text: string
}

export const NO_FILTER: SignalFilter = { grade: 'ALL', market: 'ALL', text: '' }

type Findable = { readonly name: string; readonly ticker: string; readonly sector?: string | null }

// Rows are searched at each key that is pressed: what they are found by is made once.
const found = new WeakMap<Findable, string>()

function searchable(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}

function textOf(stock: Findable): string {
  const known = found.get(stock)
  if (known !== undefined) return known
  const { name, ticker, sector } = stock
  const text = [name, ticker, sector ?? ''].map(searchable).join(' ')
  found.set(stock, text)
  return text
}

/** Whether a stock's name, code or sector has the text, whatever its spaces and capitals. */
export function matcherOf(text: string): (stock: Findable) => boolean {
  const wanted = searchable(text)
  return wanted === '' ? () => true : (stock) => textOf(stock).includes(wanted)
}

/** The signals that a filter leaves. */
export function filterSignals(
  signals: readonly SignalView[],
  { grade, market, text }: SignalFilter,
): readonly SignalView[] {
  const matches = matcherOf(text)
  return signals.filter(
    (signal) =>
      (grade === 'ALL' || signal.grade === grade) &&
      (market === 'ALL' || signal.market === market) &&
      matches(signal),
  )
}
