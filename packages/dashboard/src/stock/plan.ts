import type { ScoreCardView, SignalView } from '@ralph-stock/server/api'

/** Entry, target and stop, and whose they are. KRW. */
export type PlanLines = {
  readonly strategyId: string
  /** Whether they are those of an open signal rather than of today's card. */
  readonly open: boolean
  readonly entry: number | null
  readonly target: number | null
  readonly stop: number | null
}

/** The plan to draw: that of the newest open signal, else of the best card that passed its screen. */
export function planOf(
  signals: readonly SignalView[],
  cards: readonly ScoreCardView[],
): PlanLines | null {
  const [signal] = signals
    .filter(({ status }) => status === 'OPEN')
    .toSorted((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))
  if (signal !== undefined) {
    return {
      strategyId: signal.signal_type,
      open: true,
      entry: signal.entry_price,
      target: signal.target_price,
      stop: signal.stop_price,
    }
  }
  const [card] = cards
    .filter(({ plan, screen }) => plan !== null && screen.passed)
    .toSorted((a, b) => b.score / b.maxScore - a.score / a.maxScore)
  if (card?.plan == null) return null
  const { entry, target, stop } = card.plan
  return { strategyId: card.strategyId, open: false, entry, target, stop }
}
