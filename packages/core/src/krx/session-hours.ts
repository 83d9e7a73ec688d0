import type { DatedRow } from './dated.js'

/** Where orders meet: the Korea Exchange, or the alternative trading system Nextrade. */
export const VENUES = ['KRX', 'NXT'] as const

/** A trading venue. */
export type Venue = (typeof VENUES)[number]

/** The first session of Nextrade. */
export const NXT_OPENING_DATE = '2025-03-04'

/** The parts of a trading day in which orders are taken. */
export const TRADING_PHASES = [
  'opening-auction',
  'regular',
  'closing-auction',
  'after-hours-close',
  'after-hours-single-price',
  'pre-market',
  'main',
  'after-market',
] as const

/** A part of a trading day in which orders are taken. */
export type TradingPhase = (typeof TRADING_PHASES)[number]

/** A phase with its first moment and the moment at which it has ended, in Korean clock time. */
export type PhaseHours = {
  readonly phase: TradingPhase
  readonly start: string
  readonly end: string
}

/** The phases of a venue's normal day, from a date on, in order. */
export type SessionHours = DatedRow & {
  readonly venue: Venue
  readonly phases: readonly PhaseHours[]
}

/**
 * Every known timetable, in ascending order of its first day.
 *
 * KRX off-hours trading at the previous close (08:30-08:40) runs within the opening auction. The
 * exchange's plan of January 2026 for a pre-market and an after-market of its own is not here: no
 * first day is confirmed.
 */
export const SESSION_HOURS: readonly SessionHours[] = [
  {
    venue: 'KRX',
    from: '2015-01-01',
    phases: [
      { phase: 'opening-auction', start: '08:00', end: '09:00' },
      { phase: 'regular', start: '09:00', end: '14:50' },
      { phase: 'closing-auction', start: '14:50', end: '15:00' },
      { phase: 'after-hours-close', start: '15:10', end: '15:30' },
      { phase: 'after-hours-single-price', start: '15:30', end: '18:00' },
    ],
    source: 'KRX business regulations before 2016-08-01',
    verified: true,
  },
  {
    venue: 'KRX',
    from: '2016-08-01',
    phases: [
      { phase: 'opening-auction', start: '08:00', end: '09:00' },
      { phase: 'regular', start: '09:00', end: '15:20' },
      { phase: 'closing-auction', start: '15:20', end: '15:30' },
      { phase: 'after-hours-close', start: '15:40', end: '16:00' },
      { phase: 'after-hours-single-price', start: '16:00', end: '18:00' },
    ],
    source: 'KRX notice of 2016-07-24: regular session until 15:30',
    verified: true,
  },
  {
    venue: 'KRX',
    from: '2019-04-29',
    phases: [
      { phase: 'opening-auction', start: '08:30', end: '09:00' },
      { phase: 'regular', start: '09:00', end: '15:20' },
      { phase: 'closing-auction', start: '15:20', end: '15:30' },
      { phase: 'after-hours-close', start: '15:40', end: '16:00' },
      { phase: 'after-hours-single-price', start: '16:00', end: '18:00' },
    ],
    source: 'KRX notice of 2019-04-28: opening auction from 08:30',
    verified: true,
  },
  {
    venue: 'NXT',
    from: NXT_OPENING_DATE,
    phases: [
      { phase: 'pre-market', start: '08:00', end: '08:50' },
      { phase: 'main', start: '09:00:30', end: '15:20' },
      { phase: 'after-market', start: '15:30', end: '20:00' },
    ],
    source: 'Nextrade opening notice, 2025-03-04, and notice of 2025-12-18 (30 seconds after KRX)',
    verified: true,
  },
]

/** Days with a later timetable: the year's first session, and the college entrance exam (CSAT). */
export type LateDay = 'first-session' | 'csat'

/** By how many minutes a phase starts and ends later; null when it is not held. */
export type Delay = { readonly start: number; readonly end: number } | null

/** The phases of a late day whose hours change. */
export type LateHours = { readonly [Phase in TradingPhase]?: Delay }

/**
 * What changes on a late day; a phase that is not named keeps its hours. On the year's first session
 * only the opening moves; on an exam day all moves, but nothing ends later than on other evenings.
 *
 * @source KRX notices of 2018-11-14, 2025-10-30 and 2025-12-18; Nextrade notices of the same days
 */
export const LATE_DAYS: Readonly<Record<LateDay, LateHours>> = {
  'first-session': {
    'opening-auction': { start: 60, end: 60 },
    regular: { start: 60, end: 0 },
    'pre-market': null,
    main: { start: 60, end: 0 },
  },
  csat: {
    'opening-auction': { start: 60, end: 60 },
    regular: { start: 60, end: 60 },
    'closing-auction': { start: 60, end: 60 },
    'after-hours-close': { start: 60, end: 60 },
    'after-hours-single-price': { start: 60, end: 0 },
    'pre-market': null,
    main: { start: 60, end: 60 },
    'after-market': { start: 60, end: 0 },
  },
}

/**
 * Sessions that run an hour later for the college entrance exam, 2015 to 2027. In 2017 the exam was
 * put off by a week on its eve; the exchange kept the late hours on both days.
 *
 * @source KRX yearly notices; Ministry of Education for 2026 and 2027
 */
export const CSAT_DAYS: readonly string[] = [
  '2015-11-12',
  '2016-11-17',
  '2017-11-16',
  '2017-11-23',
  '2018-11-15',
  '2019-11-14',
  '2020-12-03',
  '2021-11-18',
  '2022-11-17',
  '2023-11-16',
  '2024-11-14',
  '2025-11-13',
  '2026-11-19',
  '2027-11-18',
]
