import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import { type Clock, scaledClock } from './clock.js'

const told = z.object({ now: z.number().positive(), speed: z.number().nonnegative() })

/**
 * The clock of a running simulator, whose day need not be today's and may run faster. A source that
 * speaks to one must live in its time: tokens, ticks and sessions are dated in it.
 *
 * @throws RalphError E_BROKER_UNAVAILABLE
 */
export async function simulatorClock(restUrl: string): Promise<Clock & { readonly speed: number }> {
  try {
    const response = await fetch(`${restUrl}/simulator/clock`, {
      signal: AbortSignal.timeout(5000),
    })
    const { now, speed } = told.parse(await response.json())
    // One that stands is moved by steps; between them its time is anybody's guess.
    const runs = speed === 0 ? 1 : speed
    return { ...scaledClock(runs, now), speed: runs }
  } catch {
    throw new RalphError('E_BROKER_UNAVAILABLE', `no simulator answers at ${restUrl}`, { restUrl })
  }
}
