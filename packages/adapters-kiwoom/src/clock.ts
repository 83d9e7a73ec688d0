import type { Clock } from '@ralph-stock/core'

export type { Clock, Timer } from '@ralph-stock/core'

/** The time of this machine. */
export const systemClock: Clock = scaledClock(1)

/**
 * Time that runs `speed` times as fast as this machine's, from `start` on.
 *
 * @param start epoch ms of the moment of this call; the real time unless said
 */
export function scaledClock(speed: number, start?: number): Clock {
  const real = Date.now()
  const origin = start ?? real
  return {
    now: () => origin + (Date.now() - real) * speed,
    after: (ms, run) => {
      const handle = setTimeout(run, Math.min(Math.max(0, ms / speed), 0x7fffffff))
      return { stop: () => clearTimeout(handle) }
    },
  }
}

/** Waits on a clock; a signal ends the wait at once by rejecting with its reason. */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason)
      return
    }
    const onAbort = (): void => {
      timer.stop()
      reject(signal?.reason)
    }
    const timer = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
