import { closeTime, isRalphError, type TradeDate, tradeDate } from '@ralph-stock/core'
import { z } from 'zod'
import type { MarketGateView } from '../../api/index.js'
import type { JobDefinition } from '../definition.js'
import { waitUntil } from './wait.js'
import type { Work } from './work.js'

const payload = z.object({ date: z.iso.date() })
const MINUTE_MS = 60_000
const GATE = 'market-gate'

/** Keeps the market's gate every minute of a session, until it closes. */
export function marketGateJob(work: Work): JobDefinition {
  return {
    lane: GATE,
    async run(given, { signal, progress }) {
      const date = tradeDate(payload.parse(given).date)
      const ends = closeTime(date)
      let kept = 0
      let missed = 0
      while (work.clock.now() < ends) {
        try {
          if (work.live()?.gate()?.asOf === date) {
            const view = await work.gate(undefined)
            await keep(work, view)
            kept++
            progress({ done: kept, total: null, step: view.level, estimatedEndAt: ends })
          }
        } catch (error) {
          // A store that is gone for a minute has missed this one; the next is as good.
          if (!isRalphError(error)) throw error
          missed++
        }
        await waitUntil(work.clock, work.clock.now() + MINUTE_MS, signal)
      }
      return { date, kept, missed }
    },
  }
}

/** Keeps the gate of a stored session; gives its level. */
export async function saveGate(work: Work, date: TradeDate): Promise<string> {
  const view = await work.gate(date)
  await keep(work, view)
  return view.level
}

// What is unknown stays missing: an index without a value is not an index that stood still.
async function keep({ store }: Work, view: MarketGateView): Promise<void> {
  await store.repositories.market.save({
    date: view.as_of,
    kospi: view.kospi.value,
    kospiChangePct: view.kospi.change_pct,
    kosdaq: view.kosdaq.value,
    kosdaqChangePct: view.kosdaq.change_pct,
    gate: view.level === 'UNKNOWN' ? null : view.level,
    gateScore: view.score,
    gateReasons: view.card.criteria.map(({ id, points, reason }) => ({ id, points, reason })),
    sectorScores: view.sectors,
  })
}
