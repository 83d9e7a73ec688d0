import type { Clock, Timer } from '@ralph-stock/core'
import type { Channel } from './channel.js'
import type { Connection, Counters } from './connection.js'
import type { HubObserver } from './hub-types.js'
import type { HubLimits } from './limits.js'
import { CLOSE_CODES } from './protocol.js'

/** Carries what was published to the connections that read it, many messages at a time. */
export interface Flusher {
  /** A channel has a new message. */
  mark(channel: Channel): void
  /** Carries everything that was marked, now. */
  flush(): void
  stop(): void
}

/** What a flusher works with. */
export type FlusherParts = {
  readonly clock: Clock
  readonly limits: HubLimits
  readonly counters: Counters
  readonly observe: HubObserver
}

/** Of the time that a flush of states took, the part that is left to others before the next. */
const REST = 0.5

/**
 * Makes a flusher. Events go at the next turn of the event loop. A state goes at once after a pause, and
 * then every `flushMs`, or less often where writing to all takes that long.
 */
export function createFlusher(parts: FlusherParts): Flusher {
  const { clock, limits, counters, observe } = parts
  let states: Channel[] = []
  let events: Channel[] = []
  let timer: Timer | null = null
  let soon: NodeJS.Immediate | null = null
  let turn = 0
  // When states were written last, and for how long after that they are gathered.
  let wroteAt = Number.NEGATIVE_INFINITY
  let gatherMs = limits.flushMs
  let told = { ...counters }

  const untilFlush = (): number => {
    const since = clock.now() - wroteAt
    // A clock that was set back makes nothing wait longer.
    return since < 0 ? gatherMs : Math.max(0, gatherMs - since)
  }

  const carry = (channels: readonly Channel[]): void => {
    turn++
    const touched: Connection[] = []
    for (const channel of channels) {
      channel.dirty = false
      for (const subscription of channel.subscriptions) {
        const { connection } = subscription
        if (!subscription.ready || subscription.sent === channel.seq) continue
        if (subscription.waiting) {
          if (channel.log === null) counters.conflated++
        } else connection.wake(subscription)
        if (connection.turn === turn) continue
        connection.turn = turn
        touched.push(connection)
      }
    }
    for (const connection of touched) connection.pump()
    for (const channel of channels) {
      closeWhoLags(channel)
      measure(channel)
    }
    tell()
  }

  const closeWhoLags = (channel: Channel): void => {
    if (channel.log === null) return
    for (const { connection, ready, sent } of channel.subscriptions) {
      if (ready && channel.seq - sent > limits.eventLag) {
        connection.end(CLOSE_CODES.tryLater, 'too far behind')
      }
    }
  }

  const measure = (channel: Channel): void => {
    if (channel.at === null || channel.subscriptions.size === 0) return
    observe.latency?.(Math.max(0, clock.now() - channel.at), channel.topic)
    channel.at = null
  }

  const tell = (): void => {
    const { delivered, conflated } = counters
    if (delivered > told.delivered) observe.delivered?.(delivered - told.delivered)
    if (conflated > told.conflated) observe.conflated?.(conflated - told.conflated)
    told = { ...counters }
  }

  const flushStates = (): void => {
    timer?.stop()
    timer = null
    const channels = states
    states = []
    const began = clock.now()
    carry(channels)
    wroteAt = clock.now()
    const took = Math.max(0, wroteAt - began)
    gatherMs = Math.max(limits.flushMs - took, took * REST)
  }

  const flushEvents = (): void => {
    if (soon !== null) clearImmediate(soon)
    soon = null
    const channels = events
    events = []
    carry(channels)
  }

  return {
    mark: (channel) => {
      if (channel.subscriptions.size === 0) return
      if (channel.log === null) {
        if (channel.dirty) counters.conflated += channel.subscriptions.size
        else states.push(channel)
        timer ??= clock.after(untilFlush(), flushStates)
      } else {
        if (!channel.dirty) {
          events.push(channel)
          channel.flushFrom = channel.seq
        } else if (channel.seq - channel.flushFrom >= limits.eventLag / 2) {
          // A burst within one turn is carried in parts, before its first messages are too far back.
          flushEvents()
          return
        }
        soon ??= setImmediate(flushEvents)
      }
      channel.dirty = true
    },
    flush: () => {
      if (events.length > 0) flushEvents()
      if (states.length > 0) flushStates()
    },
    stop: () => {
      timer?.stop()
      if (soon !== null) clearImmediate(soon)
    },
  }
}
