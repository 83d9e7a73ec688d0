/** How slots are shared out. */
export type BudgetOptions = {
  /** How many stocks may be subscribed at once. */
  readonly slots: number
  /**
   * How much worse than the last place a holder may rank before it loses its slot, as a share of the
   * slots (0.1 unless said): ranks that swing around the edge must not cost a registration each time.
   */
  readonly patience?: number
}

/** What to change. */
export type BudgetChange = {
  readonly add: readonly string[]
  readonly remove: readonly string[]
  /** All holders after the change. */
  readonly holders: ReadonlySet<string>
}

/**
 * Gives the slots to the best-ranked stocks, with patience for those that hold one.
 *
 * @param ranked the best first; repeats count once
 */
export function shareSlots(
  ranked: readonly string[],
  holders: ReadonlySet<string>,
  options: BudgetOptions,
): BudgetChange {
  const { slots, patience = 0.1 } = options
  const order = [...new Set(ranked)]
  const grace = Math.floor(slots * (1 + patience))
  const rankOf = new Map(order.map((ticker, rank) => [ticker, rank]))
  const kept = [...holders]
    .filter((ticker) => (rankOf.get(ticker) ?? Number.POSITIVE_INFINITY) < grace)
    .sort((a, b) => (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0))
    .slice(0, slots)
  const next = new Set(kept)
  // The very best always get in: the worst holder beyond the edge makes room.
  const entitled = order.slice(0, slots)
  const beyond = kept.filter((ticker) => (rankOf.get(ticker) ?? 0) >= slots)
  const firstHalf = new Set(entitled.slice(0, Math.ceil(slots * (1 - patience))))
  for (const ticker of entitled) {
    if (next.has(ticker)) continue
    if (next.size >= slots) {
      const out = firstHalf.has(ticker) ? beyond.pop() : undefined
      if (out === undefined) continue
      next.delete(out)
    }
    next.add(ticker)
  }
  return {
    add: [...next].filter((ticker) => !holders.has(ticker)),
    remove: [...holders].filter((ticker) => !next.has(ticker)),
    holders: next,
  }
}
