import type { Clock, ScoreCard, Timer } from '@ralph-stock/core'
import { cardState } from './card-state.js'

/** How the gate is watched. */
export type GateWatchOptions = {
  readonly clock: Clock
  readonly cadenceMs: number
  /** The gate as it stands; null without a gate, or without a session. */
  readonly compute: () => ScoreCard | null
  readonly tell: (card: ScoreCard) => void
}

/** The market gate, computed when it is asked for and something has changed since. */
export interface GateWatch {
  /** Something that the gate depends on has changed; whether anybody waits to be told. */
  touch(isAwaited: boolean): void
  /** As it stands. */
  now(): ScoreCard | null
  /** As it stood at most one cadence ago: what every new signal asks. */
  recent(): ScoreCard | null
  close(): void
}

/** Makes a watch, which tells the gate at most once per cadence, when it differs. */
export function gateWatch({ clock, cadenceMs, compute, tell }: GateWatchOptions): GateWatch {
  let card: ScoreCard | null = null
  let computedAt = Number.NEGATIVE_INFINITY
  let stale = true
  let told: string | null = null
  let timer: Timer | null = null

  const now = (): ScoreCard | null => {
    if (!stale) return card
    stale = false
    computedAt = clock.now()
    card = compute()
    return card
  }
  const announce = (): void => {
    timer = null
    const current = now()
    if (current === null) return
    const state = cardState(current)
    if (state === told) return
    told = state
    tell(current)
  }
  return {
    touch(isAwaited) {
      stale = true
      if (isAwaited) timer ??= clock.after(cadenceMs, announce)
    },
    now,
    recent: () => (clock.now() - computedAt < cadenceMs ? card : now()),
    close() {
      timer?.stop()
      timer = null
    },
  }
}
