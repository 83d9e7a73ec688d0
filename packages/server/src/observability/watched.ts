import { Gauge, type Registry } from 'prom-client'
import type { ServerContext } from '../context.js'

/** Gauges that are read from the context whenever metrics are asked for. */
export function watchContext(registry: Registry, context: ServerContext): void {
  const gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  const { hub, jobs } = context
  gauge('ralph_socket_clients', 'Open connections', () => hub.stats().clients)
  gauge('ralph_socket_topics', 'Topics that somebody reads', () => hub.stats().topics)
  gauge('ralph_socket_subscriptions', 'Readers of all topics', () => hub.stats().subscriptions)
  gauge('ralph_socket_behind', 'Clients that have not taken what was written', () => {
    return hub.stats().behind
  })
  gauge('ralph_jobs_queued', 'Jobs that wait', () => jobs.counts().queued)
  gauge('ralph_jobs_running', 'Jobs that run', () => jobs.counts().running)
  gauge('ralph_broker_up', '1 while the broker is connected, 0 while not or where none is', () => {
    return context.live?.broker().ok === true ? 1 : 0
  })
  new Gauge({
    name: 'ralph_feed_age_seconds',
    help: 'Age of the newest data of a feed',
    labelNames: ['feed'] as const,
    registers: [registry],
    collect() {
      this.reset()
      for (const { name, age_ms } of context.live?.feeds() ?? []) {
        if (age_ms !== null) this.set({ feed: name }, age_ms / 1000)
      }
    },
  })
  if (context.store.pool() === null) return
  new Gauge({
    name: 'ralph_store_connections',
    help: 'Connections to the database, and requests that wait for one',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      const { total, idle, waiting } = context.store.pool() ?? { total: 0, idle: 0, waiting: 0 }
      this.set({ state: 'busy' }, total - idle)
      this.set({ state: 'idle' }, idle)
      this.set({ state: 'waiting' }, waiting)
    },
  })
}
