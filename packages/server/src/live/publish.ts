import { isRalphError, type StoredSignal } from '@ralph-stock/core'
import type { IndexQuote, LiveDesk, LiveDeskEvents, SignalNews } from '@ralph-stock/engine'
import type { JobView } from '../api/index.js'
import type { LiveIndex, ServerContext } from '../context.js'
import { gateView } from '../services/gate-view.js'
import { signalView } from '../services/signal-view.js'
import type { Hub } from '../ws/hub-types.js'
import { livePrice } from './live-price.js'
import {
  cardMessage,
  gateMessage,
  indexMessage,
  jobMessage,
  priceMessage,
  signalMessage,
} from './messages.js'

/** What news are published with. */
export type PublisherOptions = {
  readonly context: ServerContext
  readonly desk: LiveDesk
  /** Where prices come from: `kiwoom_ws`, or `simulator`. */
  readonly source: string
  readonly tellSignal: SignalPublisher
  readonly onTrouble: (error: unknown, what: string) => void
}

/** Tells the socket's readers what a desk tells; gives how to stop. */
export function publishDesk(options: PublisherOptions): () => void {
  const { context, desk, source, tellSignal, onTrouble } = options
  const { hub, clock } = context
  const { events } = desk

  const onPrice = (quote: LiveDeskEvents['price']): void => {
    const price = livePrice(quote)
    if (price === null) return
    // The way to a client is timed in real time, whatever time the market lives in.
    hub.publish(`price:${quote.ticker}`, priceMessage(price, source), { at: Date.now() })
  }
  const onIndex = (quote: IndexQuote): void => {
    const index = liveIndex(quote)
    if (index === null) return
    hub.publish(`market:${index.name.toLowerCase()}`, indexMessage(index, source))
  }
  const onGate = (): void => {
    gateView(context, undefined)
      .then((view) => hub.publish('market-gate', gateMessage(view, clock.now())))
      .catch((error: unknown) => onTrouble(error, 'market gate'))
  }
  const onCard = ({ ticker, strategyId, card }: LiveDeskEvents['card']): void => {
    hub.publish(`score:${strategyId}:${ticker}`, cardMessage(card, clock.now()))
  }
  const onSignal = ({ kind, signal }: SignalNews): void => tellSignal(kind, signal)

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

/** An index as the live market tells it; null before its first value of the session. */
export function liveIndex({ name, value, change, volume, at }: IndexQuote): LiveIndex | null {
  if (at === null || (name !== 'KOSPI' && name !== 'KOSDAQ')) return null
  return { name, value, change, volume, at }
}

/** Tells what became of a signal, as lists show it. */
export type SignalPublisher = (kind: SignalNews['kind'], signal: StoredSignal) => void

/** A store that does not answer is asked again so much later, ms of real time. */
const AGAIN_MS = 500

/**
 * News are told in the order in which they come, each with the signal as the store has it then. While
 * the store is gone they wait, so that none is lost; until `ended` says that nobody is left to tell.
 */
export function publishSignals(
  { store, hub, clock }: Pick<ServerContext, 'store' | 'hub' | 'clock'>,
  onTrouble: PublisherOptions['onTrouble'],
  ended: () => boolean = () => false,
): SignalPublisher {
  let last: Promise<void> = Promise.resolve()

  const tell = async (kind: SignalNews['kind'], signal: StoredSignal): Promise<void> => {
    const { strategyId, ticker, signalDate: date } = signal
    const which = { strategyId, ticker, from: date, to: date, limit: 1 }
    const [row] = await store.repositories.signalLists.newest(which)
    if (row === undefined) return
    const message = signalMessage(kind, signalView(row), clock.now())
    hub.publish('signals', message)
    hub.publish(`signal:${strategyId}`, message)
  }

  const tellSurely = async (kind: SignalNews['kind'], signal: StoredSignal): Promise<void> => {
    while (!ended()) {
      try {
        await tell(kind, signal)
        return
      } catch (error) {
        onTrouble(error, `news of ${signal.ticker}`)
        if (!isRalphError(error)) return
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
      }
    }
  }

  return (kind, signal) => {
    last = last.then(() => tellSurely(kind, signal))
  }
}

/** Tells how a job is. */
export function publishJob(hub: Pick<Hub, 'publish'>, job: JobView, now: number): void {
  const message = jobMessage(job, now)
  hub.publish('jobs', message)
  hub.publish(`job:${job.id}`, message)
}
