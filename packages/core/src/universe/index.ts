export {
  calendarOf,
  createMarket,
  type Market,
  type MarketInput,
  type Member,
  requireSession,
  withOrdinals,
} from './market.js'
export {
  DATE_REASONS,
  INVESTMENT_COMPANIES,
  LISTING_RULES,
  type ListingRule,
  listingReason,
  MINIMUM_BARS,
} from './rules.js'
export {
  countReasons,
  type EligibleMember,
  type MarketFilter,
  selectUniverse,
  type Universe,
} from './select-universe.js'
export { type Stock, type StockKind, unlistedStock } from './stock.js'
