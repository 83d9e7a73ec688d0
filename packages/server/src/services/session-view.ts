import {
  closeTime,
  dayNumberOfEpochMs,
  fromDayNumber,
  type TradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import { inventedAmong } from '@ralph-stock/engine'
import type { SessionView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { reaches, sessionState } from '../live/session-state.js'
import { storeState } from './store-state.js'

/** Today in Korea. */
export function today({ clock }: Pick<ServerContext, 'clock'>): TradeDate {
  return tradeDateOfEpochMs(clock.now())
}

/** The last session that has closed by now; null where the calendar does not reach. */
export function lastClosed({
  clock,
  calendar,
}: Pick<ServerContext, 'clock' | 'calendar'>): TradeDate | null {
  const now = clock.now()
  const day = dayNumberOfEpochMs(now)
  if (!reaches(calendar, day)) return null
  if (calendar.isSession(day) && closeTime(fromDayNumber(day)) <= now) return fromDayNumber(day)
  return fromDayNumber(calendar.previous(day))
}

/** Which session it is: as the market that is followed says, or by clock and calendar. */
export async function sessionView(context: ServerContext): Promise<SessionView> {
  const { live, calendar, clock } = context
  if (live !== null) return live.session()
  const { lastDate, sources } = await storeState(context)
  const invented = inventedAmong(sources).length > 0
  return sessionState({ clock, calendar, lastStored: lastDate, invented, speed: 1 })
}

/** An instant as answers carry it. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString()
}
