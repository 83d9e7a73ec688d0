/** Who wants live prices, and which stocks get the broker's scarce slots. */
export type WantedStocks = {
  /** A client watches a stock. */
  watch(ticker: string): void
  unwatch(ticker: string): void
  /** The most deserving first: watched stocks and candidates by turns, each once. */
  ranked(candidates: readonly string[]): string[]
}

/** Tickers of the form that a broker takes; others never get a slot. */
const TICKER = /^[0-9A-Z]{6}$/

export function wantedStocks(isKnown: (ticker: string) => boolean): WantedStocks {
  const watched = new Set<string>()
  return {
    watch: (ticker) => void watched.add(ticker),
    unwatch: (ticker) => void watched.delete(ticker),
    ranked(candidates) {
      const lists = [candidates, [...watched]].map((list) =>
        list.filter((ticker) => TICKER.test(ticker) && isKnown(ticker)),
      )
      const longest = Math.max(...lists.map((list) => list.length))
      const ranked = new Set<string>()
      for (let at = 0; at < longest; at++) {
        for (const list of lists) {
          const ticker = list[at]
          if (ticker !== undefined) ranked.add(ticker)
        }
      }
      return [...ranked]
    },
  }
}
