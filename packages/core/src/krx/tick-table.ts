import type { DatedRow } from './dated.js'
import type { KrxMarket, SecurityKind } from './market.js'

/** Prices below `below` (and not below the previous band's) are quoted in steps of `tick` won. */
export type TickBand = { readonly below: number; readonly tick: number }

/** Tick sizes of some markets and kinds from a date on; `topTick` is for prices above all bands. */
export type TickTable = DatedRow & {
  readonly markets: readonly KrxMarket[]
  readonly kinds: readonly SecurityKind[]
  readonly bands: readonly TickBand[]
  readonly topTick: number
}

/** Every known table of tick sizes, in ascending order of its first day. */
export const TICK_TABLES: readonly TickTable[] = [
  {
    from: '2010-10-04',
    markets: ['KOSPI'],
    kinds: ['stock'],
    bands: [
      { below: 1_000, tick: 1 },
      { below: 5_000, tick: 5 },
      { below: 10_000, tick: 10 },
      { below: 50_000, tick: 50 },
      { below: 100_000, tick: 100 },
      { below: 500_000, tick: 500 },
    ],
    topTick: 1_000,
    source: 'KRX notice of 2010-07-30: 1 won below 1,000 won from 2010-10-04',
    verified: true,
  },
  {
    from: '2010-10-04',
    markets: ['KOSDAQ', 'KONEX'],
    kinds: ['stock'],
    bands: [
      { below: 1_000, tick: 1 },
      { below: 5_000, tick: 5 },
      { below: 10_000, tick: 10 },
      { below: 50_000, tick: 50 },
    ],
    topTick: 100,
    source: 'KOSDAQ committee 2003-05-29 (100 won from 50,000 up); KRX notice of 2010-07-30',
    verified: true,
  },
  {
    from: '2010-10-04',
    markets: ['KOSPI', 'KOSDAQ', 'KONEX'],
    kinds: ['etf', 'etn', 'elw'],
    bands: [],
    topTick: 5,
    source: 'KRX notice of 2022-11-01: ETF, ETN and ELW stay at 5 won',
    verified: true,
  },
  {
    from: '2023-01-25',
    markets: ['KOSPI', 'KOSDAQ', 'KONEX'],
    kinds: ['stock'],
    bands: [
      { below: 2_000, tick: 1 },
      { below: 5_000, tick: 5 },
      { below: 20_000, tick: 10 },
      { below: 50_000, tick: 50 },
      { below: 200_000, tick: 100 },
      { below: 500_000, tick: 500 },
    ],
    topTick: 1_000,
    source: 'KRX notice of 2023-01-17: one table for all markets from 2023-01-25',
    verified: true,
  },
  {
    from: '2023-12-18',
    markets: ['KOSPI', 'KOSDAQ', 'KONEX'],
    kinds: ['etf', 'etn'],
    bands: [{ below: 2_000, tick: 1 }],
    topTick: 5,
    source: 'KRX notice of 2023-10-05, a plan; reports name 2023-12-18, one names 2023-12-08',
    verified: false,
  },
]
