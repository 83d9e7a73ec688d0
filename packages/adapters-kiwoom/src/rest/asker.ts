import type { SessionCalendar } from '@ralph-stock/core'
import type { Clock } from '../clock.js'
import type { EventListener } from '../events.js'
import type { Refusals } from '../refusals.js'
import type { RestClient } from './client.js'

/** What every question to the broker needs. */
export type Asker = {
  readonly client: RestClient
  readonly refusals: Refusals
  readonly clock: Clock
  readonly calendar: SessionCalendar
  readonly onEvent: EventListener
}
