export {
  calendarFromSessions,
  krxCalendar,
  type ObservedCalendarOptions,
  type SessionCalendar,
} from './calendar.js'
export type { DatedRow } from './dated.js'
export {
  type HolidayName,
  type HolidayReason,
  holidayReason,
  KRX_HOLIDAYS,
  KRX_HOLIDAYS_FROM,
  KRX_HOLIDAYS_TO,
  KRX_HOLIDAYS_VERIFIED_TO,
} from './holidays.js'
export {
  KRX_MARKETS,
  type KrxMarket,
  type PriceContext,
  SECURITY_KINDS,
  type SecurityKind,
} from './market.js'
export { PRICE_LIMITS, type PriceLimitRow, type PriceLimits, priceLimits } from './price-limit.js'
export {
  SELL_TAXES,
  SETTLEMENT_SESSIONS,
  type SellTax,
  type SellTaxRow,
  sellTaxRate,
  settlementDate,
} from './sell-tax.js'
export {
  CSAT_DAYS,
  type Delay,
  LATE_DAYS,
  type LateDay,
  type LateHours,
  NXT_OPENING_DATE,
  type PhaseHours,
  SESSION_HOURS,
  type SessionHours,
  TRADING_PHASES,
  type TradingPhase,
  VENUES,
  type Venue,
} from './session-hours.js'
export {
  closeTime,
  openTime,
  type ScheduledPhase,
  type SessionPhase,
  sessionPhase,
  sessionSchedule,
} from './sessions.js'
export {
  isOnTick,
  percentOfPrice,
  type RoundDirection,
  roundRatioToTick,
  roundToTick,
  tickSize,
} from './tick-size.js'
export { TICK_TABLES, type TickBand, type TickTable } from './tick-table.js'
export {
  dayNumber,
  dayNumberOfEpochMs,
  epochMsOfKst,
  fromDayNumber,
  isTradeDate,
  type TradeDate,
  tradeDate,
  tradeDateOfEpochMs,
  weekday,
} from './trade-date.js'
