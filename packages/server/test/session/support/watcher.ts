import type { Publication, ServerMessage } from '../../../src/ws/protocol.js'
import { connect } from '../../ws/support.js'

/** A message that was published on a topic. */
export type Published = Extract<ServerMessage, Publication & { readonly topic: string }>

/** A client that keeps all that it is told. */
export type Watcher = {
  /** Messages of a topic, without snapshots. */
  told(topic: string): Published[]
  topics(): string[]
  /** Places at which the numbers of a topic are not one after another. */
  gaps(topic: string): string[]
  close(): void
}

/** Reads topics of a running service from outside. */
export async function watch(url: string, topics: readonly string[]): Promise<Watcher> {
  const client = await connect(`${url.replace('http', 'ws')}/ws`)
  for (let k = 0; k < topics.length; k += 50) {
    client.send({ type: 'subscribe', topics: topics.slice(k, k + 50) })
  }
  const told = (topic: string): Published[] =>
    client.got.filter(
      (message): message is Published =>
        'topic' in message && message.topic === topic && message.type.endsWith('_update'),
    )
  return {
    told,
    topics: () => [...topics],
    gaps: (topic) =>
      told(topic).flatMap(({ seq }, k, all) => {
        const before = all[k - 1]?.seq
        return before === undefined || seq === before + 1 ? [] : [`${topic}: ${before}, ${seq}`]
      }),
    close: () => client.ws.close(),
  }
}
