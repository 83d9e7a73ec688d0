/**
 * The market's clock as the page knows it: where the service runs faster than real time, so does it.
 * Epoch ms; null before the service has told its time.
 */
export interface ServerClock {
  now(): number | null
  /** Takes what the service said: its time, and how many times as fast as real time it runs. */
  tell(now: number, speed: number): void
}

/** Makes a clock over the browser's own, of which only differences are used. */
export function createServerClock(elapsed: () => number): ServerClock {
  let told: { readonly now: number; readonly speed: number; readonly at: number } | null = null
  return {
    now: () => (told === null ? null : told.now + (elapsed() - told.at) * told.speed),
    tell: (now, speed) => {
      told = { now, speed, at: elapsed() }
    },
  }
}
