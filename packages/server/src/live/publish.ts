import type { StoredSignal } from '@ralph-stock/core'
import type { LiveDesk, SignalNews } from '@ralph-stock/engine'
import type { JobView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cardView } from '../services/card-view.js'
import { gateView } from '../services/gate-view.js'
import { signalView } from '../services/signal-view.js'
import type { Hub } from '../ws/hub-types.js'
import { INDEX_CODES } from './index-ticks.js'

/** What news are published with. */
export type PublisherOptions = {
  readonly context: ServerContext
  readonly desk: LiveDesk
  /** Where prices come from: `kiwoom_ws`, or `simulator`. */
  readonly source: string
  readonly onTrouble: (error: unknown, what: string) => void
}

/** Tells the socket's readers what a desk tells; gives how to stop. */
export function publishDesk({ context, desk, source, onTrouble }: PublisherOptions): () => void {
  const { hub, clock } = context
  const { events } = desk
  const signals = publishSignals(context, onTrouble)

  const onPrice: Parameters<typeof events.on<'price'>>[1] = (quote) => {
    const { ticker, price, previousClose, change, volume, tradedValue, at } = quote
    if (price === null || at === null) return
    const data = {
      price,
      change: previousClose === null ? null : price - previousClose,
      change_rate: change === null ? null : change * 100,
      volume,
      traded_value: tradedValue,
      bid_price: null,
      ask_price: null,
    }
    const timestamp = new Date(at).toISOString()
    // The network's delay is told in real time, whatever time the market lives in.
    const message = { type: 'price_update', ticker, data, timestamp, source } as const
    hub.publish(`price:${ticker}`, message, { at: Date.now() })
  }
  const onIndex: Parameters<typeof events.on<'index'>>[1] = (quote) => {
    const { name, value, change, volume, at } = quote
    const found = Object.entries(INDEX_CODES).find(([, known]) => known === name)
    if (found === undefined) return
    const [code, index] = found
    const data = {
      index: value,
      change: change === null ? null : value - value / (1 + change),
      change_rate: change === null ? null : change * 100,
      volume,
    }
    hub.publish(`market:${index.toLowerCase()}`, {
      type: 'index_update',
      code,
      name: index,
      data,
      timestamp: new Date(at ?? clock.now()).toISOString(),
      source,
    })
  }
  const onGate = (): void => {
    gateView(context, undefined)
      .then((data) => {
        const timestamp = new Date(clock.now()).toISOString()
        hub.publish('market-gate', { type: 'market_gate_update', timestamp, data })
      })
      .catch((error: unknown) => onTrouble(error, 'market gate'))
  }
  const onCard: Parameters<typeof events.on<'card'>>[1] = ({ ticker, strategyId, card }) => {
    hub.publish(`score:${strategyId}:${ticker}`, {
      type: 'score_update',
      ticker,
      strategy: strategyId,
      timestamp: new Date(clock.now()).toISOString(),
      data: cardView(card),
    })
  }
  const onSignal = ({ kind, signal }: SignalNews): void => signals(kind, signal)

  events.on('price', onPrice)
  events.on('index', onIndex)
  events.on('gate', onGate)
  events.on('card', onCard)
  events.on('signal', onSignal)
  return () => {
    events.off('price', onPrice)
    events.off('index', onIndex)
    events.off('gate', onGate)
    events.off('card', onCard)
    events.off('signal', onSignal)
  }
}

/** Tells what became of a signal, as lists show it. */
export type SignalPublisher = (kind: SignalNews['kind'], signal: StoredSignal) => void

/** News are told in the order in which they come, each with the signal as the store has it then. */
export function publishSignals(
  { store, hub, clock }: Pick<ServerContext, 'store' | 'hub' | 'clock'>,
  onTrouble: PublisherOptions['onTrouble'],
): SignalPublisher {
  let last: Promise<void> = Promise.resolve()

  const tell = async (kind: SignalNews['kind'], signal: StoredSignal): Promise<void> => {
    const { strategyId, ticker, signalDate } = signal
    const [row] = await store.repositories.signalLists.newest({
      strategyId,
      ticker,
      from: signalDate,
      to: signalDate,
      limit: 1,
    })
    if (row === undefined) return
    const view = signalView(row)
    const message = {
      type: 'signal_update',
      timestamp: new Date(clock.now()).toISOString(),
      data: { kind, signal_type: view.signal_type, signal: view },
    } as const
    hub.publish('signals', message)
    hub.publish(`signal:${view.signal_type}`, message)
  }

  return (kind, signal) => {
    last = last
      .then(() => tell(kind, signal))
      .catch((error: unknown) => onTrouble(error, `news of ${signal.ticker}`))
  }
}

/** Tells how a job is. */
export function publishJob(hub: Pick<Hub, 'publish'>, job: JobView, now: number): void {
  const message = {
    type: 'job_update',
    timestamp: new Date(now).toISOString(),
    data: job,
  } as const
  hub.publish('jobs', message)
  hub.publish(`job:${job.id}`, message)
}
