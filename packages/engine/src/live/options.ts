import type {
  Clock,
  Market,
  SessionCalendar,
  SignalStore,
  Strategy,
  VolumeShare,
} from '@ralph-stock/core'
import { RalphError, requireInteger, U_SHAPED_VOLUME, volumeShare } from '@ralph-stock/core'

/** What a live desk is made of. */
export type LiveDeskOptions = {
  /** History up to the last finished session. */
  readonly market: Market
  /** About stocks and about the market; the three roles below are found among them by their ids. */
  readonly strategies: readonly Strategy[]
  /** Whoever opened it closes it. */
  readonly signals: SignalStore
  readonly clock: Clock
  /** Sessions and their hours; the market's own unless given. */
  readonly calendar?: SessionCalendar
  /** KOSPI and KOSDAQ unless said. */
  readonly indexNames?: readonly string[]
  readonly roles?: {
    /** Opens signals in the session, at the price shown; `daytrade` unless said. */
    readonly dayTrade?: string
    /** Scanned by `runClosingBet`; `closing-bet` unless said. */
    readonly closingBet?: string
    /** `market-gate` unless said. */
    readonly gate?: string
  }
  /** Under a RED gate, open no new signal instead of marking it; off unless said. */
  readonly holdUnderRed?: boolean
  /**
   * Projects the day trade's volume to the whole session while it is on, told on the usual day of 09:00
   * to 15:30; core's U-shaped curve unless given, no projection when null.
   */
  readonly volumeShare?: VolumeShare | null
  /** Age at which a comparison with peers is made anew, ms; 1000 unless said. */
  readonly crossSectionCadenceMs?: number
  /** A card is told at most once in this time, ms; 250 unless said. */
  readonly cardCadenceMs?: number
  /** The gate reads the whole market; it is computed at most once in this time, ms; 5000 unless said. */
  readonly gateCadenceMs?: number
  /** First and longest pause after a failed write, ms; 100 and 30,000 unless said. */
  readonly retryMs?: number
  readonly longestRetryMs?: number
  /** No new signal is opened while so many writes wait for the store; 10,000 unless said. */
  readonly maximumPending?: number
}

/** Options with every default filled in. */
export type CheckedOptions = Required<Omit<LiveDeskOptions, 'roles' | 'volumeShare'>> & {
  readonly volumeShare: VolumeShare | null
  readonly dayTrade: Strategy | null
  readonly closingBet: Strategy | null
  readonly gate: Strategy | null
}

/**
 * Fills in the defaults.
 *
 * @throws RalphError E_PARAM_RANGE; E_ENGINE_DUPLICATE for two strategies of one id
 */
export function checkOptions(options: LiveDeskOptions): CheckedOptions {
  const { market, strategies, signals, clock, roles = {} } = options
  const ids = strategies.map(({ id }) => id)
  const twice = ids.find((id, k) => ids.indexOf(id) !== k)
  if (twice !== undefined) {
    throw new RalphError('E_ENGINE_DUPLICATE', `two strategies have the id ${twice}`, { id: twice })
  }
  const roleOf = (id: string, subject: Strategy['subject']): Strategy | null =>
    strategies.find((one) => one.id === id && one.subject === subject) ?? null
  const positive = (name: string, value: number): number => requireInteger(name, value, 1)
  const share = options.volumeShare
  return {
    market,
    strategies,
    signals,
    clock,
    calendar: options.calendar ?? market.calendar,
    indexNames: options.indexNames ?? ['KOSPI', 'KOSDAQ'],
    holdUnderRed: options.holdUnderRed ?? false,
    volumeShare: share === undefined ? volumeShare(U_SHAPED_VOLUME) : share,
    crossSectionCadenceMs: requireInteger(
      'crossSectionCadenceMs',
      options.crossSectionCadenceMs ?? 1000,
      0,
    ),
    cardCadenceMs: positive('cardCadenceMs', options.cardCadenceMs ?? 250),
    gateCadenceMs: positive('gateCadenceMs', options.gateCadenceMs ?? 5000),
    retryMs: positive('retryMs', options.retryMs ?? 100),
    longestRetryMs: positive('longestRetryMs', options.longestRetryMs ?? 30_000),
    maximumPending: positive('maximumPending', options.maximumPending ?? 10_000),
    dayTrade: roleOf(roles.dayTrade ?? 'daytrade', 'stock'),
    closingBet: roleOf(roles.closingBet ?? 'closing-bet', 'stock'),
    gate: roleOf(roles.gate ?? 'market-gate', 'market'),
  }
}
