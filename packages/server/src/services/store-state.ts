import { RalphError, type TradeDate, tradeDate } from '@ralph-stock/core'
import type { ServerContext } from '../context.js'

/** What the store holds, as far as most requests ask. */
export type StoreState = {
  /** Last session with a bar; null while there is none. */
  readonly lastDate: TradeDate | null
  /** Who wrote the list of stocks. */
  readonly sources: readonly string[]
}

type Source = Pick<ServerContext, 'clock' | 'engine' | 'store'>
type Kept = { readonly state: Promise<StoreState>; readonly until: number }

/** Another process may write to the store, and nobody tells this one. */
const KEPT_MS = 5000

const kept = new WeakMap<object, Kept | null>()

/** The state of the store, at most five seconds old; at once after a write of this process. */
export function storeState({ clock, engine, store }: Source): Promise<StoreState> {
  if (!kept.has(engine)) engine.events.on('store:changed', () => kept.set(engine, null))
  const known = kept.get(engine) ?? null
  const now = clock.now()
  // A clock that was set back makes nothing last longer.
  if (known !== null && now < known.until && now >= known.until - KEPT_MS) return known.state
  const state = readState(store)
  const fresh = { state, until: now + KEPT_MS }
  kept.set(engine, fresh)
  state.catch(() => {
    if (kept.get(engine) === fresh) kept.set(engine, null)
  })
  return state
}

/**
 * The date that a request is about: the one that it names, or the last stored session.
 *
 * @throws RalphError E_ENGINE_EMPTY, E_DATE_INVALID
 */
export async function sessionOf(context: Source, date: string | undefined): Promise<TradeDate> {
  if (date !== undefined) return tradeDate(date)
  const { lastDate } = await storeState(context)
  if (lastDate !== null) return lastDate
  throw new RalphError('E_ENGINE_EMPTY', 'the store holds no bars yet; import or sync some first')
}

async function readState({ repositories }: Source['store']): Promise<StoreState> {
  const { lastDate, sources } = await repositories.quotes.state()
  return { lastDate: lastDate === null ? null : tradeDate(lastDate), sources }
}
