import { isRalphError } from '@ralph-stock/core'
import type { FeedView, ReadinessView } from '../api/index.js'
import type { ServerContext } from '../context.js'

const PING_MS = 2000

/** How the store is: whether it answered in time. */
export type StoreState = ReadinessView['store']

/** Asks the store for next to nothing, and waits for so long at most. */
export async function pingStore(
  { store }: Pick<ServerContext, 'store'>,
  timeoutMs = PING_MS,
): Promise<StoreState> {
  const { kind } = store
  const ping = async (): Promise<StoreState> => {
    // The name of no job: an index is asked, and no row read.
    await store.repositories.jobs.exists('')
    return { ok: true, kind, message: null }
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<StoreState>((resolve) => {
    const message = `it did not answer within ${timeoutMs} ms`
    timer = setTimeout(() => resolve({ ok: false, kind, message }), timeoutMs)
  })
  try {
    return await Promise.race([ping(), late])
  } catch (error) {
    // The whole message names hosts and folders.
    const message = isRalphError(error) ? error.code : 'E_INTERNAL'
    return { ok: false, kind, message }
  } finally {
    clearTimeout(timer)
  }
}

const NO_BROKER = { ok: true, state: 'off', message: null } as const

/** Whether the service can do its work: store, broker and the age of what they gave. */
export async function readinessOf(context: ServerContext): Promise<ReadinessView> {
  const store = await pingStore(context)
  const broker = context.live?.broker() ?? NO_BROKER
  const feeds = feedsOf(context)
  const fresh = feeds.every(({ state }) => state !== 'stale' && state !== 'down')
  return { ready: store.ok && broker.ok && fresh, store, broker: { ...broker }, feeds }
}

/** The feeds of the live market; none where no broker is followed. */
export function feedsOf({ live }: Pick<ServerContext, 'live'>): FeedView[] {
  return [...(live?.feeds() ?? [])]
}
