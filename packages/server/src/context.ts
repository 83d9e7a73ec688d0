import type { Store } from '@ralph-stock/adapters-timescale'
import type { Clock, Market, ScoreCard, SessionCalendar, Strategy } from '@ralph-stock/core'
import type { Engine } from '@ralph-stock/engine'
import type { FeedView, JobView, KeyScope, SessionView } from './api/index.js'
import type { Hub } from './ws/hub.js'

/** What every route reads from: made by `main.ts`, or by a test. Whoever made a part closes it. */
export type ServerContext = {
  readonly store: Store
  readonly engine: Engine
  readonly strategies: readonly Strategy[]
  readonly clock: Clock
  readonly calendar: SessionCalendar
  readonly jobs: Jobs
  readonly hub: Hub
  /** Null where no broker is followed. */
  readonly live: LiveMarket | null
  readonly version: string
}

/** Who asks. Without keys everybody on this machine may do everything. */
export type Principal = {
  readonly id: number | null
  readonly name: string
  readonly scope: KeyScope
}

/** What a job is asked to do. */
export type JobPayload = Readonly<Record<string, unknown>>

/** The work of the service: each piece once, resumed after a crash, visible while it runs. */
export interface Jobs {
  /**
   * Queues a job. One with the same id, or of the same name and payload that has not ended, is given
   * back instead, and `started` is false.
   *
   * @throws RalphError E_JOB_UNKNOWN for a name that no handler has
   */
  start(
    name: string,
    payload?: JobPayload,
    id?: string,
  ): Promise<{ readonly job: JobView; readonly started: boolean }>
  get(id: string): Promise<JobView | null>
  /** Newest first. */
  list(query: {
    readonly status?: JobView['status']
    readonly name?: string
    readonly limit: number
    readonly cursor?: string
  }): Promise<{ readonly jobs: readonly JobView[]; readonly nextCursor: string | null }>
  counts(): { readonly queued: number; readonly running: number }
}

/** The last price of a stock in the session that is on. */
export type LivePrice = {
  readonly ticker: string
  /** KRW. */
  readonly price: number
  /** Fraction from the last close; null on a first bar. */
  readonly change: number | null
  readonly previousClose: number | null
  readonly open: number
  readonly high: number
  readonly low: number
  /** Shares and KRW so far. */
  readonly volume: number
  readonly tradedValue: number
  /** Epoch ms. */
  readonly at: number
}

/** The last value of an index. */
export type LiveIndex = {
  readonly name: 'KOSPI' | 'KOSDAQ'
  readonly value: number
  /** Fraction from the last close. */
  readonly change: number | null
  /** Shares in the session so far; null where the feed does not say. */
  readonly volume: number | null
  readonly at: number
}

/** The market as the broker's ticks make it. */
export interface LiveMarket {
  /** Where its prices come from: `kiwoom_ws`, or `simulator`. */
  readonly source: string
  price(ticker: string): LivePrice | null
  index(name: 'KOSPI' | 'KOSDAQ'): LiveIndex | null
  /** The cards of a stock as they stand; empty for one that is not known. */
  cards(ticker: string): readonly ScoreCard[]
  /** The market's card as it stands; null before the first index tick of the session. */
  gate(): ScoreCard | null
  /** History and the bars of today, for scans; null outside the session that is followed. */
  market(): Market | null
  session(): SessionView
  feeds(): readonly FeedView[]
  /** Whether the broker is connected, in a word and a sentence. */
  broker(): { readonly ok: boolean; readonly state: string; readonly message: string | null }
}
