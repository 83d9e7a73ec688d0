import { sleep } from '@ralph-stock/adapters-kiwoom'
import type { Clock } from '@ralph-stock/core'

/** Waits for an instant of a clock; rejects with the signal's reason when it is given up. */
export async function waitUntil(clock: Clock, at: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const ms = at - clock.now()
  if (ms > 0) await sleep(clock, ms, signal)
}
