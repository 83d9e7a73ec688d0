import type { QuoteVenue } from '@ralph-stock/core'

/** What an operator may want to log or count. None holds a key, a token or an account. */
export type KiwoomEvent =
  | { readonly type: 'token-issued'; readonly expiresAt: number }
  | { readonly type: 'token-rejected'; readonly code: string }
  | {
      readonly type: 'request-retried'
      readonly api: string
      readonly attempt: number
      readonly waitMs: number
      readonly code: string
    }
  | { readonly type: 'rate-limited'; readonly api: string; readonly waitMs: number }
  | { readonly type: 'refused'; readonly reason: string; readonly count: number }
  | { readonly type: 'list-missing'; readonly list: string; readonly code: string }
  | { readonly type: 'socket-live'; readonly registrations: number }
  | {
      readonly type: 'socket-down'
      readonly reason: string
      readonly waitMs: number
      readonly attempt: number
    }
  | { readonly type: 'registration-refused'; readonly message: string }
  | {
      readonly type: 'bars-repaired'
      readonly ticker: string
      readonly venue: QuoteVenue
      readonly minutes: number
    }
  | {
      readonly type: 'bars-unrepaired'
      readonly ticker: string
      readonly venue: QuoteVenue
      readonly code: string
    }
  | { readonly type: 'listener-failed'; readonly message: string }

/** Receives events. */
export type EventListener = (event: KiwoomEvent) => void
