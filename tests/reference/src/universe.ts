import type { ReferenceData, Stock } from './data.js'

/** Reasons in the page's order; the first that matches is the reason given. */
export const EXCLUSION_REASONS = [
  'konex',
  'preferred',
  'etf-etn-elw',
  'investment-company',
  'reit',
  'spac',
  'administrative-issue',
  'investment-caution',
  'halted',
  'no-bar',
  'short-history',
] as const

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number]

const INVESTMENT_COMPANIES = ['088980', '094800', '152550', '415640']
const LEAST_BARS = 20

export type Universe = {
  eligible: Stock[]
  excluded: Record<ExclusionReason, string[]>
}

/** Why a stock of the list is out on the date, `null` when it is in. */
export function exclusionReason(
  data: ReferenceData,
  stock: Stock,
  date: string,
): ExclusionReason | null {
  const { ticker, name, market, sector, department } = stock
  if (market === 'KONEX') return 'konex'
  if (!ticker.endsWith('0')) return 'preferred'
  if (market === 'ETF' || market === 'ETN' || market === 'ELW') return 'etf-etn-elw'
  if (INVESTMENT_COMPANIES.includes(ticker)) return 'investment-company'
  const propertyOrTrust = sector.startsWith('부동산') || sector.startsWith('신탁업')
  if (name.includes('리츠') && propertyOrTrust) return 'reit'
  if (name.includes('스팩') || department.includes('SPAC')) return 'spac'
  if (department.includes('관리종목')) return 'administrative-issue'
  if (department.includes('투자주의환기종목')) return 'investment-caution'
  if (data.halts.get(ticker)?.has(date)) return 'halted'
  const bars = (data.bars.get(ticker) ?? []).filter((bar) => bar.date <= date)
  if (!bars.some((bar) => bar.date === date)) return 'no-bar'
  if (bars.length < LEAST_BARS) return 'short-history'
  return null
}

/** Splits the stock list into those a scan scores and those it leaves out, each with its reason. */
export function universeOf(data: ReferenceData, date: string): Universe {
  const eligible: Stock[] = []
  const excluded: Record<ExclusionReason, string[]> = {
    konex: [],
    preferred: [],
    'etf-etn-elw': [],
    'investment-company': [],
    reit: [],
    spac: [],
    'administrative-issue': [],
    'investment-caution': [],
    halted: [],
    'no-bar': [],
    'short-history': [],
  }
  for (const stock of data.stocks) {
    const reason = exclusionReason(data, stock, date)
    if (reason === null) eligible.push(stock)
    else excluded[reason].push(stock.ticker)
  }
  return { eligible, excluded }
}
