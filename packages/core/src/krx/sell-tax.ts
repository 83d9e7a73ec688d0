import { RalphError } from '../errors/index.js'
import type { SessionCalendar } from './calendar.js'
import { type DatedRow, rowInForce } from './dated.js'
import type { KrxMarket, SecurityKind } from './market.js'
import { dayNumber, fromDayNumber, type TradeDate } from './trade-date.js'

/** Rates in force for sales settled from a date on, in parts per 100,000 of the proceeds. */
export type SellTaxRow = DatedRow & {
  readonly transactionTax: Readonly<Record<KrxMarket, number>>
  readonly ruralTax: Readonly<Record<KrxMarket, number>>
}

/** Sessions from a trade to its settlement. */
export const SETTLEMENT_SESSIONS = 2

/** The special tax for rural development is due on KOSPI alone and has not changed. */
const RURAL_TAX: Readonly<Record<KrxMarket, number>> = { KOSPI: 150, KOSDAQ: 0, KONEX: 0 }

/** Every known rate of the securities transaction tax, in ascending order of settlement date. */
export const SELL_TAXES: readonly SellTaxRow[] = [
  {
    from: '2015-01-01',
    transactionTax: { KOSPI: 150, KOSDAQ: 300, KONEX: 300 },
    ruralTax: RURAL_TAX,
    source: 'Securities Transaction Tax Act and decree, rates of 1996 to 2019-06-02',
    verified: true,
  },
  {
    from: '2019-06-03',
    transactionTax: { KOSPI: 100, KOSDAQ: 250, KONEX: 100 },
    ruralTax: RURAL_TAX,
    source: 'Decree of the Securities Transaction Tax Act, cabinet of 2019-05-21',
    verified: true,
  },
  {
    from: '2021-01-01',
    transactionTax: { KOSPI: 80, KOSDAQ: 230, KONEX: 100 },
    ruralTax: RURAL_TAX,
    source: 'Decree of the Securities Transaction Tax Act, tax revision of 2020',
    verified: true,
  },
  {
    from: '2023-01-01',
    transactionTax: { KOSPI: 50, KOSDAQ: 200, KONEX: 100 },
    ruralTax: RURAL_TAX,
    source: 'Decree of the Securities Transaction Tax Act, tax revision of 2022',
    verified: true,
  },
  {
    from: '2024-01-01',
    transactionTax: { KOSPI: 30, KOSDAQ: 180, KONEX: 100 },
    ruralTax: RURAL_TAX,
    source: 'Decree of the Securities Transaction Tax Act, tax revision of 2022',
    verified: true,
  },
  {
    from: '2025-01-01',
    transactionTax: { KOSPI: 0, KOSDAQ: 150, KONEX: 100 },
    ruralTax: RURAL_TAX,
    source: 'Decree of the Securities Transaction Tax Act, tax revision of 2022',
    verified: true,
  },
  {
    from: '2026-01-01',
    transactionTax: { KOSPI: 50, KOSDAQ: 200, KONEX: 100 },
    ruralTax: RURAL_TAX,
    source: 'Decree of the Securities Transaction Tax Act, ministry notice of 2025-12-01',
    verified: true,
  },
]

/**
 * What a sale is taxed at. The two parts and their sum are exact integers in parts per 100,000;
 * `rate` is the sum as a fraction (0.0018).
 */
export type SellTax = {
  readonly settlementDate: TradeDate
  readonly transactionTax: number
  readonly ruralTax: number
  readonly total: number
  readonly rate: number
  readonly verified: boolean
}

/**
 * The date on which a trade is settled: two sessions after it.
 *
 * @throws RalphError E_SESSION_NONE when no session is held on the date or the calendar ends before
 * @source KRX business regulations, regular-way settlement on the third business day
 */
export function settlementDate(date: TradeDate, calendar: SessionCalendar): TradeDate {
  const day = dayNumber(date)
  if (!calendar.isSession(day)) {
    throw new RalphError(
      'E_SESSION_NONE',
      `date must be a session of the calendar; found "${date}", when the market was closed`,
      { name: 'date', value: date },
    )
  }
  return fromDayNumber(calendar.shift(day, SETTLEMENT_SESSIONS))
}

/**
 * The tax on a sale, by the date on which it settles: a sale of 2024-12-27 settles on 2025-01-02 and
 * pays the rate of 2025. ETF, ETN and ELW pay none.
 *
 * @throws RalphError E_SESSION_NONE, E_PARAM_RANGE
 * @source Securities Transaction Tax Act, article 5 (transfer at settlement) and its decree, article 5
 * @example sellTaxRate(tradeDate('2024-12-27'), 'KOSDAQ', krxCalendar()).rate // 0.0015
 */
export function sellTaxRate(
  date: TradeDate,
  market: KrxMarket,
  calendar: SessionCalendar,
  kind: SecurityKind = 'stock',
): SellTax {
  const settled = settlementDate(date, calendar)
  const row = rowInForce(SELL_TAXES, settled, 'sell taxes', () => true)
  const taxed = kind === 'stock'
  const transactionTax = taxed ? row.transactionTax[market] : 0
  const ruralTax = taxed ? row.ruralTax[market] : 0
  const total = transactionTax + ruralTax
  return {
    settlementDate: settled,
    transactionTax,
    ruralTax,
    total,
    rate: total / 100_000,
    verified: row.verified,
  }
}
