import { type Channel, createChannel } from './channel.js'
import type { HubLimits } from './limits.js'
import type { Topic } from './topics.js'

/** The topics that are read or were written to. */
export interface Channels {
  find(name: string): Channel | undefined
  /** The channel of a topic, made when there is none. */
  open(topic: Topic): Channel
  /** Somebody left: what holds nothing and nobody reads is forgotten. */
  release(channel: Channel): void
  /** Forgets jobs that have been quiet for long and that nobody reads. */
  sweep(now: number): void
  all(): Iterable<Channel>
}

/** Makes an empty table. */
export function createChannels(limits: HubLimits): Channels {
  const table = new Map<string, Channel>()
  // A topic that is forgotten and comes back goes on above every number that a client may still hold,
  // so no client takes new messages for those that it has seen.
  let floor = 0

  const forget = (channel: Channel): void => {
    floor = Math.max(floor, channel.seq)
    table.delete(channel.topic.name)
  }

  return {
    find: (name) => table.get(name),
    open: (topic) => {
      let channel = table.get(topic.name)
      if (channel === undefined) {
        channel = createChannel(topic, floor, limits)
        table.set(topic.name, channel)
      }
      return channel
    },
    release: (channel) => {
      const empty = channel.last === null && (channel.log?.last ?? 0) < (channel.log?.oldest ?? 1)
      if (channel.subscriptions.size === 0 && empty) forget(channel)
    },
    sweep: (now) => {
      for (const channel of table.values()) {
        const { topic, subscriptions, usedAt } = channel
        const quiet = subscriptions.size === 0 && now - usedAt > limits.idleTopicMs
        if (topic.family === 'job' && quiet) forget(channel)
      }
    },
    all: () => table.values(),
  }
}
