/** The last price of a stock that the page knows. KRW, shares, percent; null where unknown. */
export type Quote = {
  readonly price: number
  readonly change: number | null
  readonly changePct: number | null
  readonly volume: number | null
  readonly tradedValue: number | null
  /** Epoch ms of the market's clock; null when it is not known. */
  readonly at: number | null
}

/** Prices by ticker: who reads one stock hears of that stock only, at most once a frame. */
export interface PriceStore {
  get(ticker: string): Quote | undefined
  put(ticker: string, quote: Quote): void
  /** Takes a price only where none is known: what the socket tells is newer than any answer. */
  offer(ticker: string, quote: Quote): void
  subscribe(ticker: string, listener: () => void): () => void
}

/**
 * Makes a store. Prices that come between two frames wait for the next one, where the last of each stock
 * counts: 500 changes a second cost what the screen can show, not what the market does.
 *
 * @param schedule calls its argument once, before the next frame
 */
export function createPriceStore(schedule: (flush: () => void) => void): PriceStore {
  const shown = new Map<string, Quote>()
  const waiting = new Map<string, Quote>()
  const listeners = new Map<string, Set<() => void>>()

  const flush = (): void => {
    const changed = [...waiting]
    waiting.clear()
    for (const [ticker, quote] of changed) shown.set(ticker, quote)
    for (const [ticker] of changed) {
      for (const listener of listeners.get(ticker) ?? []) listener()
    }
  }

  const put = (ticker: string, quote: Quote): void => {
    if (waiting.size === 0) schedule(flush)
    waiting.set(ticker, quote)
  }

  return {
    get: (ticker) => shown.get(ticker),
    put,
    offer: (ticker, quote) => {
      if (!shown.has(ticker) && !waiting.has(ticker)) put(ticker, quote)
    },
    subscribe: (ticker, listener) => {
      const set = listeners.get(ticker) ?? new Set()
      listeners.set(ticker, set)
      set.add(listener)
      return () => {
        set.delete(listener)
        if (set.size === 0 && listeners.get(ticker) === set) listeners.delete(ticker)
      }
    },
  }
}
