import type { Text } from '../strategy/text.js'
import type { Stock } from './stock.js'

/** Why a stock is left out, by what it is: a fact of the list, the same on every bar. */
export type ListingRule = {
  readonly reason: string
  readonly label: Text
  readonly excludes: (stock: Stock) => boolean
}

/** Companies and funds that invest for others, listed like common stocks. */
export const INVESTMENT_COMPANIES: ReadonlySet<string> = new Set([
  '088980',
  '094800',
  '152550',
  '415640',
])

/** Fewer traded bars than this, and a stock is too young to be judged. */
export const MINIMUM_BARS = 20

const PRODUCTS = new Set(['etf', 'etn', 'elw'])

/**
 * The rules in the order they are asked; the first that holds is the reason given. A code with a
 * letter in it excludes nothing.
 *
 * @source Korea Exchange listing and disclosure regulations (listing kinds and departments, 2026)
 */
export const LISTING_RULES: readonly ListingRule[] = [
  {
    reason: 'konex',
    label: { ko: '코넥스', en: 'KONEX' },
    excludes: (stock) => stock.market === 'KONEX',
  },
  {
    reason: 'other-market',
    label: { ko: '코스피·코스닥 종목 아님', en: 'Neither KOSPI nor KOSDAQ' },
    excludes: (stock) => stock.market !== 'KOSPI' && stock.market !== 'KOSDAQ',
  },
  {
    reason: 'preferred',
    label: { ko: '우선주', en: 'Preferred share' },
    excludes: (stock) => stock.kind === 'preferred' || !stock.ticker.endsWith('0'),
  },
  {
    reason: 'exchange-traded-product',
    label: { ko: 'ETF·ETN·ELW', en: 'ETF, ETN or ELW' },
    excludes: (stock) => PRODUCTS.has(stock.kind ?? ''),
  },
  {
    reason: 'investment-company',
    label: { ko: '투자회사·펀드', en: 'Investment company or fund' },
    excludes: (stock) => stock.kind === 'fund' || INVESTMENT_COMPANIES.has(stock.ticker),
  },
  { reason: 'reit', label: { ko: '리츠', en: 'REIT' }, excludes: isReit },
  {
    reason: 'spac',
    label: { ko: '스팩', en: 'SPAC' },
    excludes: (stock) =>
      stock.kind === 'spac' ||
      stock.name.includes('스팩') ||
      (stock.department ?? '').toUpperCase().includes('SPAC'),
  },
  {
    reason: 'administrative-issue',
    label: { ko: '관리종목', en: 'Administrative issue' },
    excludes: (stock) => (stock.department ?? '').includes('관리종목'),
  },
  {
    reason: 'investment-caution',
    label: { ko: '투자주의환기종목', en: 'Investment-caution issue' },
    excludes: (stock) => (stock.department ?? '').includes('투자주의환기종목'),
  },
]

/** Reasons that depend on the date. */
export const DATE_REASONS: Readonly<Record<'halted' | 'no-bar' | 'short-history', Text>> = {
  halted: { ko: '거래정지', en: 'Halted on the date' },
  'no-bar': { ko: '해당일 시세 없음', en: 'No bar on the date' },
  'short-history': {
    ko: `거래일 ${MINIMUM_BARS}일 미만`,
    en: `Fewer than ${MINIMUM_BARS} traded bars`,
  },
}

// A name alone misleads: 메리츠금융지주 and 블리츠웨이 carry the two syllables of 리츠.
function isReit(stock: Stock): boolean {
  if (stock.kind !== null && stock.kind !== 'common') return stock.kind === 'reit'
  const sector = stock.sector ?? ''
  return stock.name.includes('리츠') && (sector.startsWith('부동산') || sector.startsWith('신탁업'))
}

/** The first listing rule that leaves the stock out; null when none does. */
export function listingReason(stock: Stock): string | null {
  return LISTING_RULES.find((rule) => rule.excludes(stock))?.reason ?? null
}
