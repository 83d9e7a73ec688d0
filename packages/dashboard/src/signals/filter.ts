import type { SignalView } from '@ralph-stock/server/api'

/** Which signals of a table are shown. Empty or `ALL` leaves nothing out. */
export type SignalFilter = {
  readonly grade: string
  readonly market: string
  readonly text: string
}

export const NO_FILTER: SignalFilter = { grade: 'ALL', market: 'ALL', text: '' }

/** Text as it is searched: without spaces, Latin letters small. */
export function searchable(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, '')
}

/** Whether a stock's name, code or sector has the text. */
export function hasText(
  stock: { readonly name: string; readonly ticker: string; readonly sector?: string | null },
  text: string,
): boolean {
  const wanted = searchable(text)
  if (wanted === '') return true
  return [stock.name, stock.ticker, stock.sector ?? ''].some((one) =>
    searchable(one).includes(wanted),
  )
}

/** The signals that a filter leaves. */
export function filterSignals(
  signals: readonly SignalView[],
  { grade, market, text }: SignalFilter,
): readonly SignalView[] {
  return signals.filter(
    (signal) =>
      (grade === 'ALL' || signal.grade === grade) &&
      (market === 'ALL' || signal.market === market) &&
      hasText(signal, text),
  )
}
