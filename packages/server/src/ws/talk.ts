import type { ErrorCode } from '@ralph-stock/core'
import { type Channel, lastSnapshot, type Snapshot, snapshotFrame } from './channel.js'
import type { Channels } from './channels.js'
import type { Connection, Subscription } from './connection.js'
import { jsonFrame } from './frame.js'
import type { HubOptions } from './hub-types.js'
import type { HubLimits } from './limits.js'
import type { ClientMessage } from './protocol.js'
import { type AskedTopic, topicsOf } from './requests.js'
import { LONGEST_TOPIC, parseTopic, type Topic } from './topics.js'

/** Carries out what clients ask for. */
export interface Talk {
  hear(connection: Connection, message: ClientMessage): void
  subscribe(connection: Connection, asked: readonly AskedTopic[], epoch: string | null): void
  /** The connection reads nothing any more. */
  leave(connection: Connection): void
}

/** What talk works with. */
export type TalkParts = {
  readonly epoch: string
  readonly channels: Channels
  readonly limits: HubLimits
  readonly options: HubOptions
  readonly now: () => number
}

/** What a client that comes back gets: nothing but what it missed, or a snapshot and why. */
type Resumption = 'resumed' | 'fresh' | 'epoch' | 'gap'

/** Makes it. */
export function createTalk(parts: TalkParts): Talk {
  const { epoch, channels, limits, options, now } = parts
  const kept = new Set(options.keep?.map((name) => parseTopic(name)?.name ?? name))

  const attempt = (what: string, run: () => void): void => {
    try {
      run()
    } catch (error) {
      options.observe?.failed?.(error, what)
    }
  }

  const subscribe: Talk['subscribe'] = (connection, asked, theirEpoch) => {
    for (const { name, seq } of asked) {
      if (!connection.open) return
      const topic = parseTopic(name)
      if (topic === null || options.accepts?.(topic) === false) {
        sayUnknown(connection, name)
        continue
      }
      const { subscriptions } = connection
      const before = subscriptions.get(topic.name)
      if (before === undefined && subscriptions.size >= limits.topicsPerClient) {
        const text = `a client reads at most ${limits.topicsPerClient} topics`
        sayError(connection, 'E_TOPIC_LIMIT', text, name)
        continue
      }
      // Who asks again begins again: with the number that it names, or with a snapshot.
      if (before !== undefined) before.left = true
      if (before !== undefined) before.channel.subscriptions.delete(before)
      begin(connection, topic, name, seq, theirEpoch, before === undefined)
    }
  }

  const begin = (
    connection: Connection,
    topic: Topic,
    requested: string,
    seq: number | null,
    theirEpoch: string | null,
    isNew: boolean,
  ): void => {
    const channel = channels.open(topic)
    const subscription: Subscription = {
      connection,
      channel,
      ready: true,
      waiting: false,
      sent: channel.seq,
      left: false,
    }
    connection.subscriptions.set(topic.name, subscription)
    channel.subscriptions.add(subscription)
    if (isNew && channel.subscriptions.size === 1 && !kept.has(topic.name)) {
      attempt('onFirst', () => options.onFirst?.(topic))
    }
    const how = resumptionOf(channel, seq, theirEpoch)
    const resumed = how === 'resumed'
    if (resumed && seq !== null) subscription.sent = seq
    else if (channel.log !== null && channel.fetching !== null) {
      subscription.sent = channel.fetchedFrom
    }
    const other = requested === topic.name ? {} : { requested }
    const number = { topic: topic.name, seq: subscription.sent }
    connection.reply({ type: 'subscribed', ...number, resumed, ...other })
    if (resumed) {
      if (subscription.sent < channel.seq) connection.wake(subscription)
      return
    }
    if (how !== 'fresh') connection.reply({ type: 'resync', ...number, reason: how })
    giveSnapshot(subscription)
  }

  const resumptionOf = (
    channel: Channel,
    seq: number | null,
    theirEpoch: string | null,
  ): Resumption => {
    // What was never published here may be another by now without a number telling so.
    if (seq === null || (channel.log === null && channel.last === null)) return 'fresh'
    if (theirEpoch === epoch && seq === channel.seq) return 'resumed'
    // Of a state only the last message matters, and the snapshot is that.
    if (channel.log === null) return 'fresh'
    if (theirEpoch !== epoch) return 'epoch'
    return seq + 1 >= channel.log.oldest && seq < channel.seq ? 'resumed' : 'gap'
  }

  const giveSnapshot = (subscription: Subscription): void => {
    const { connection, channel } = subscription
    const known = lastSnapshot(channel)
    if (known !== null) {
      connection.reply(known)
      return
    }
    subscription.ready = false
    fetchSnapshot(channel).then((snapshot) => {
      if (subscription.left || !connection.open) return
      subscription.ready = true
      // A state that was published meanwhile is newer than what was fetched.
      connection.reply(lastSnapshot(channel) ?? snapshot.frame)
      subscription.sent = channel.log === null ? channel.seq : snapshot.seq
      if (subscription.sent < channel.seq) connection.wake(subscription)
      connection.pump()
    })
  }

  // One fetch serves all who ask while it runs: they get the messages since it began.
  const fetchSnapshot = (channel: Channel): Promise<Snapshot> => {
    if (channel.fetching !== null) return channel.fetching
    const seq = channel.seq
    channel.fetchedFrom = seq
    channel.fetching = (async () => {
      let frame: Buffer
      try {
        frame = snapshotFrame(channel, seq, await options.snapshot?.(channel.topic))
      } catch (error) {
        const { name: topic } = channel.topic
        options.observe?.failed?.(error, `snapshot of ${topic}`)
        const message = 'what the topic is now cannot be told; its changes follow'
        frame = jsonFrame({ type: 'error', code: 'E_TOPIC_SNAPSHOT', message, topic })
      }
      channel.fetching = null
      return { seq, frame }
    })()
    return channel.fetching
  }

  const drop = (subscription: Subscription): void => {
    const { channel, connection } = subscription
    subscription.left = true
    connection.subscriptions.delete(channel.topic.name)
    channel.subscriptions.delete(subscription)
    channel.usedAt = now()
    if (channel.subscriptions.size > 0) return
    channels.release(channel)
    if (!kept.has(channel.topic.name)) attempt('onLast', () => options.onLast?.(channel.topic))
  }

  const unsubscribe = (connection: Connection, name: string): void => {
    const topic = parseTopic(name)
    if (topic === null) {
      sayUnknown(connection, name)
      return
    }
    const subscription = connection.subscriptions.get(topic.name)
    if (subscription !== undefined) drop(subscription)
    connection.reply({ type: 'unsubscribed', topic: topic.name })
  }

  return {
    subscribe,
    hear: (connection, message) => {
      switch (message.type) {
        case 'subscribe':
          subscribe(connection, topicsOf(message), message.epoch ?? null)
          break
        case 'unsubscribe':
          for (const { name } of topicsOf(message)) unsubscribe(connection, name)
          break
        case 'ping':
          connection.reply({ type: 'pong', timestamp: new Date(now()).toISOString() })
          break
        case 'pong':
          break
      }
      connection.pump()
    },
    leave: (connection) => {
      for (const subscription of [...connection.subscriptions.values()]) drop(subscription)
    },
  }
}

function sayUnknown(connection: Connection, name: string): void {
  sayError(connection, 'E_TOPIC_UNKNOWN', 'no topic has this name', name)
}

function sayError(connection: Connection, code: ErrorCode, message: string, topic: string): void {
  connection.reply({ type: 'error', code, message, topic: topic.slice(0, LONGEST_TOPIC) })
}
