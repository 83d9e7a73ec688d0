import { RalphError } from '@ralph-stock/core'
import type { Rate } from './token-bucket.js'

/** What the hub allows and how it paces itself. */
export type HubLimits = {
  /** Connections in all and from one address. */
  readonly clients: number
  readonly clientsPerAddress: number
  readonly topicsPerClient: number
  /** Messages of one client, protocol pings among them; a message of many topics costs more. */
  readonly messages: Rate
  /** Messages of one event topic that a client may be behind before it is closed with 1013. */
  readonly eventLag: number
  /** Messages of an event topic that are kept for those who come back, and their bytes. */
  readonly eventsKept: number
  readonly eventBytesKept: number
  /** Bytes of answers to its own messages that a client may leave unread. */
  readonly replyBytes: number
  /** The shortest time between two writes of states: what comes between is joined. */
  readonly flushMs: number
  /** How often a client is pinged, and for how long that may go unanswered. */
  readonly pingEveryMs: number
  readonly silenceMs: number
  /** For how long the messages of an ended job are kept when nobody reads them. */
  readonly idleTopicMs: number
  /** How long clients get at the end to take what is pending. */
  readonly closeMs: number
}

/** The limits unless others are given. */
export const DEFAULT_LIMITS: HubLimits = {
  clients: 5000,
  clientsPerAddress: 100,
  topicsPerClient: 500,
  messages: { burst: 200, perSecond: 50 },
  eventLag: 1000,
  eventsKept: 4096,
  eventBytesKept: 16 * 1024 * 1024,
  replyBytes: 4 * 1024 * 1024,
  flushMs: 25,
  pingEveryMs: 30_000,
  silenceMs: 75_000,
  idleTopicMs: 15 * 60_000,
  closeMs: 3000,
}

/** Bytes of the largest message that is read. */
export const MOST_MESSAGE_BYTES = 65_536

/**
 * Completes limits.
 *
 * @throws RalphError E_PARAM_RANGE
 */
export function limitsOf(given: Partial<HubLimits> = {}): HubLimits {
  const limits = { ...DEFAULT_LIMITS, ...given }
  const { messages, ...plain } = limits
  for (const [name, value] of Object.entries({ ...plain, ...messages })) {
    if (typeof value !== 'number' || !(value > 0)) {
      throw new RalphError('E_PARAM_RANGE', `${name} must be above 0; found "${value}"`, {
        name,
        value,
      })
    }
  }
  if (limits.eventsKept <= limits.eventLag) {
    const text = `eventsKept must be above eventLag (${limits.eventLag}); found "${limits.eventsKept}"`
    throw new RalphError('E_PARAM_RANGE', text, { name: 'eventsKept', value: limits.eventsKept })
  }
  return limits
}
