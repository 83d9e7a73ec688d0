import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import type { Clock } from './clock.js'
import { followedClock } from './followed-clock.js'

const told = z.object({ now: z.number().positive(), speed: z.number().nonnegative() })

/**
 * The clock of a running simulator, whose day need not be today's and may run faster. A source that
 * speaks to one must live in its time: tokens, ticks and sessions are dated in it. It is asked again and
 * again, since a simulator that cannot keep up is slower than it says, and one that stands is moved.
 *
 * @throws RalphError E_BROKER_UNAVAILABLE
 */
export async function simulatorClock(restUrl: string): Promise<Clock & { readonly speed: number }> {
  const ask = async () => {
    const response = await fetch(`${restUrl}/simulator/clock`, {
      signal: AbortSignal.timeout(5000),
    })
    return told.parse(await response.json())
  }
  try {
    const first = await ask()
    return { ...followedClock(first, ask), speed: first.speed === 0 ? 1 : first.speed }
  } catch {
    throw new RalphError('E_BROKER_UNAVAILABLE', `no simulator answers at ${restUrl}`, { restUrl })
  }
}
