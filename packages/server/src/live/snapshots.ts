import type { ServerContext } from '../context.js'
import { gateView } from '../services/gate-view.js'
import { signalPageView } from '../services/signal-view.js'
import type { Topic } from '../ws/topics.js'
import { cardMessage, gateMessage, indexMessage, priceMessage } from './messages.js'

/** Open signals that a new reader of a topic of signals is shown, and last jobs. */
const SIGNALS = 100
const JOBS = 20

/**
 * What a topic is now, for one who begins to read it: a state as its next message would say it, open
 * signals, a job; null where there is nothing.
 */
export async function topicSnapshot(context: ServerContext, topic: Topic): Promise<unknown> {
  const { store, jobs, live, clock } = context
  const { family, ticker, strategy, job } = topic
  switch (family) {
    case 'price': {
      const price = live?.price(ticker ?? '') ?? null
      return live === null || price === null ? null : priceMessage(price, live.source)
    }
    case 'market': {
      const index = live?.index(topic.name === 'market:kospi' ? 'KOSPI' : 'KOSDAQ') ?? null
      return live === null || index === null ? null : indexMessage(index, live.source)
    }
    case 'market-gate':
      return gateMessage(await gateView(context, undefined), clock.now())
    case 'score': {
      const cards = live?.cards(ticker ?? '') ?? []
      const card = cards.find(({ strategyId }) => strategyId === strategy)
      return card === undefined ? null : cardMessage(card, clock.now())
    }
    case 'signals':
    case 'signal': {
      const which = strategy === null ? {} : { strategyId: strategy }
      const page = await signalPageView({ store }, { status: 'OPEN', ...which }, SIGNALS)
      return { signals: page.signals }
    }
    case 'job':
      return job === null ? null : jobs.get(job)
    case 'jobs':
      return { jobs: (await jobs.list({ limit: JOBS })).jobs }
  }
}
