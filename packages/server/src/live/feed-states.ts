import type { KiwoomSource } from '@ralph-stock/adapters-kiwoom'
import type { FeedView, SessionView } from '../api/index.js'

/** When something was last heard of each feed, epoch ms; null when never. */
export type HeardAt = {
  readonly ticks: number | null
  readonly index: number | null
  readonly flows: number | null
}

/** Longest silence of a feed during the session before it is stale, ms of its clock. */
const STALE_MS = { ticks: 60_000, index: 60_000, flows: 600_000 } as const

/**
 * The broker's connection and every feed with its age.
 *
 * @param since epoch ms at which the market began to be followed: nothing was to be heard before
 */
export function feedStates(
  health: ReturnType<KiwoomSource['live']['health']>,
  heard: HeardAt,
  session: SessionView,
  { now, since }: { readonly now: number; readonly since: number },
): FeedView[] {
  const open = session.phase === 'regular'
  const opened = session.opens_at === null ? since : Date.parse(session.opens_at)
  const feed = (name: keyof HeardAt, detail: string): FeedView => {
    const at = heard[name]
    // Before the session opened, or was followed, nobody spoke.
    const silent = now - Math.max(at ?? since, since, opened)
    const state = !open ? 'closed' : silent > STALE_MS[name] ? 'stale' : 'ok'
    return { name, state, ...when(at, now), detail }
  }
  const { connection, market, registrations, incompleteStocks } = health
  const live = connection === 'live'
  return [
    {
      name: 'broker',
      state: live ? (market === 'silent' ? 'stale' : 'ok') : 'down',
      ...when(heard.ticks, now),
      detail: `${connection}, market ${market}`,
    },
    feed('ticks', `${registrations.held} of ${registrations.wanted} registrations held`),
    feed('index', 'KOSPI and KOSDAQ'),
    feed('flows', 'estimates of the best candidates, one after another'),
    {
      name: 'bars',
      state: session.last_stored === null ? 'down' : 'ok',
      last_at: null,
      age_ms: null,
      detail: `stored through ${session.last_stored ?? 'nothing'}; ${incompleteStocks} live stocks with missing minutes`,
    },
  ]
}

function when(at: number | null, now: number): Pick<FeedView, 'last_at' | 'age_ms'> {
  return at === null
    ? { last_at: null, age_ms: null }
    : { last_at: new Date(at).toISOString(), age_ms: Math.max(0, now - at) }
}
