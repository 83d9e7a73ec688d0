import type { Subscription } from './connection.js'
import { createEventLog, type EventLog } from './event-log.js'
import { jsonFrame } from './frame.js'
import type { HubLimits } from './limits.js'
import type { Publication } from './protocol.js'
import type { Topic } from './topics.js'

/** What the hub holds of one topic. */
export type Channel = {
  readonly topic: Topic
  readonly subscriptions: Set<Subscription>
  /** Number of the last message. */
  seq: number
  /** Of a state: its last message, made into a frame when the first reader needs it. */
  last: Publication | null
  frame: Buffer | null
  snapshot: Buffer | null
  /** Of events: those that are kept. */
  readonly log: EventLog | null
  /** Whether it waits for the next flush. */
  dirty: boolean
  /** Number of the first message that waits for it. */
  flushFrom: number
  /** Epoch ms of what the last message tells, where it was said. */
  at: number | null
  /** When it last was written to or left, on the hub's clock. */
  usedAt: number
  /** A snapshot that is being fetched, for all who ask meanwhile. */
  fetching: Promise<Snapshot> | null
  /** Number of the last message before that fetch began. */
  fetchedFrom: number
}

/** What a topic was once its messages up to `seq` had come. */
export type Snapshot = { readonly seq: number; readonly frame: Buffer }

/**
 * Makes the channel of a topic.
 *
 * @param start number before that of its first message
 */
export function createChannel(topic: Topic, start: number, limits: HubLimits): Channel {
  const { eventsKept, eventBytesKept } = limits
  return {
    topic,
    subscriptions: new Set(),
    seq: start,
    last: null,
    frame: null,
    snapshot: null,
    log: topic.kind === 'event' ? createEventLog(start, eventsKept, eventBytesKept) : null,
    dirty: false,
    flushFrom: 0,
    at: null,
    usedAt: 0,
    fetching: null,
    fetchedFrom: start,
  }
}

/** Numbers a message and keeps it. A state is not encoded yet: the next message may replace it. */
export function accept(channel: Channel, message: Publication): void {
  channel.seq++
  if (channel.log !== null) {
    channel.log.append(numbered(channel, message))
    return
  }
  channel.last = message
  channel.frame = null
  channel.snapshot = null
}

/** The last message of a state as a frame; null before the first. */
export function lastFrame(channel: Channel): Buffer | null {
  if (channel.frame === null && channel.last !== null) {
    channel.frame = numbered(channel, channel.last)
  }
  return channel.frame
}

/** The last message of a state as a snapshot; null before the first. */
export function lastSnapshot(channel: Channel): Buffer | null {
  if (channel.snapshot === null && channel.last !== null) {
    channel.snapshot = snapshotFrame(channel, channel.seq, channel.last)
  }
  return channel.snapshot
}

/** A snapshot as a frame. What JSON cannot say is null. */
export function snapshotFrame(channel: Channel, seq: number, data: unknown): Buffer {
  const { name: topic } = channel.topic
  return jsonFrame({ type: 'snapshot', topic, seq, data: data ?? null })
}

function numbered(channel: Channel, message: Publication): Buffer {
  const { type, ...rest } = message
  return jsonFrame({ type, topic: channel.topic.name, seq: channel.seq, ...rest })
}
