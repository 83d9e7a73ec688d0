import { isEventTopic, isUpdate, type LiveUpdate, type Numbered } from './protocol.js'

/**
 * What a listener of a topic hears: something happened, or something may have happened that nobody can tell
 * any more, so that it has to be read again.
 */
export type TopicEvent =
  | { readonly kind: 'update'; readonly update: LiveUpdate }
  | { readonly kind: 'stale' }
export type TopicListener = (event: TopicEvent) => void

/** Numbers of the topics that are read: nothing is told twice, and a gap does not go unnoticed. */
export interface TopicBook {
  readonly topics: ReadonlyMap<string, Topic>
  add(name: string, listener: TopicListener): void
  /** Takes a listener away; true when it was the last. */
  remove(name: string, listener: TopicListener): boolean
  /** Whether anybody listens to a topic. */
  isRead(name: string): boolean
  forget(name: string): void
  /** Numbers of another epoch mean nothing. */
  startAgain(): void
  subscribed(name: string, seq: number, resumed: boolean): void
  snapshot(name: string, seq: number, data: unknown): void
  resync(name: string, seq: number): void
  update(message: LiveUpdate & Numbered): void
}

type Topic = {
  readonly listeners: Set<TopicListener>
  /** Number of the last message; null before the first. */
  seq: number | null
}

/** Makes an empty book. */
export function createTopicBook(): TopicBook {
  const topics = new Map<string, Topic>()

  const tell = (topic: Topic, event: TopicEvent): void => {
    for (const listener of [...topic.listeners]) listener(event)
  }

  return {
    topics,
    add: (name, listener) => {
      const topic = topics.get(name) ?? { listeners: new Set(), seq: null }
      topics.set(name, topic)
      topic.listeners.add(listener)
    },
    remove: (name, listener) => {
      const topic = topics.get(name)
      topic?.listeners.delete(listener)
      return topic?.listeners.size === 0
    },
    isRead: (name) => (topics.get(name)?.listeners.size ?? 0) > 0,
    forget: (name) => {
      topics.delete(name)
    },
    startAgain: () => {
      for (const topic of topics.values()) topic.seq = null
    },
    subscribed: (name, seq, resumed) => {
      const topic = topics.get(name)
      // What is missed follows, numbered: nothing to do.
      if (topic === undefined || resumed) return
      topic.seq = seq
      if (isEventTopic(name)) tell(topic, { kind: 'stale' })
    },
    snapshot: (name, seq, data) => {
      const topic = topics.get(name)
      if (topic === undefined || (topic.seq !== null && seq < topic.seq)) return
      topic.seq = seq
      if (!isEventTopic(name) && isUpdate(data)) tell(topic, { kind: 'update', update: data })
    },
    resync: (name, seq) => {
      const topic = topics.get(name)
      if (topic === undefined) return
      topic.seq = seq
      if (isEventTopic(name)) tell(topic, { kind: 'stale' })
    },
    update: (message) => {
      const topic = topics.get(message.topic)
      if (topic === undefined || (topic.seq !== null && message.seq <= topic.seq)) return
      const gap = topic.seq !== null && message.seq > topic.seq + 1
      topic.seq = message.seq
      tell(topic, { kind: 'update', update: message })
      if (gap && isEventTopic(message.topic)) tell(topic, { kind: 'stale' })
    },
  }
}
