import { closeTime, type TradeDate, tradeDate } from '@ralph-stock/core'
import { z } from 'zod'
import type { JobDefinition } from '../definition.js'
import { waitUntil } from './wait.js'
import type { Work } from './work.js'

const payload = z.object({ date: z.iso.date() })
const MINUTE_MS = 60_000
/** The decision is taken ten minutes before the close, when its auction begins: 15:20 on a usual day. */
const DECIDES_BEFORE_CLOSE_MS = 10 * MINUTE_MS

/**
 * The closing bet of a session: looks at the market each minute from 15:10, and at 15:20 keeps the cards
 * that pass as signals. After the close there is nothing left to decide.
 */
export function closingBetJob(work: Work): JobDefinition {
  return {
    lane: 'closing-bet',
    async run(given, { signal, progress }) {
      const date: TradeDate = tradeDate(payload.parse(given).date)
      const closes = closeTime(date)
      const decides = closes - DECIDES_BEFORE_CLOSE_MS
      let shown = 0
      while (work.clock.now() < decides) {
        shown = shownBy(work)
        progress({ done: shown, total: null, step: 'watching', estimatedEndAt: decides })
        const next = Math.min(work.clock.now() + MINUTE_MS, decides)
        await waitUntil(work.clock, next, signal)
      }
      const now = work.clock.now()
      const live = work.live()
      if (now >= closes || live === null || live.desk.date !== date) {
        return { date, decided: false, added: 0 }
      }
      const added = await live.desk.runClosingBet(now)
      return { date, decided: true, shown: shownBy(work), added: added.length }
    },
  }
}

function shownBy({ live }: Work): number {
  const [result] = live()?.desk.scan(['closing-bet']).results ?? []
  return result?.entries.length ?? 0
}
