import { fromDayNumber, type Stock, type StockKind } from '@ralph-stock/core'
import type { ListRow } from '../schema/stocks.js'

/** A listing with what the broker knows of it beside the exchange's list. */
export type StockListing = Stock & {
  /** Trading is stopped today. */
  readonly halted: boolean
  /** 관리종목. */
  readonly administrative: boolean
  /** 투자주의환기종목. */
  readonly caution: boolean
  /** The broker's warning: none, or a word for it. */
  readonly warning: ListingWarning
  /** Whether it is traded on Nextrade too. */
  readonly nxt: boolean
  /** KRW; null when blank. */
  readonly previousClose: number | null
}

/** `orderWarning` of the list, 0 to 5. */
export type ListingWarning =
  | 'none'
  | 'etf-caution'
  | 'liquidation'
  | 'overheated'
  | 'risk'
  | 'warning'

const WARNINGS: Readonly<Record<string, ListingWarning>> = {
  '1': 'etf-caution',
  '2': 'liquidation',
  '3': 'overheated',
  '4': 'risk',
  '5': 'warning',
}

/** Lists of one kind of paper, by their request value: a code found there is of that kind. */
export const KIND_LISTS: Readonly<Record<string, StockKind>> = {
  '8': 'etf',
  '60': 'etn',
  '70': 'etn',
  '90': 'etn',
  '6': 'reit',
  '3': 'elw',
  '2': 'fund',
  '4': 'fund',
}

/** Lists of a market, by their request value. */
export const MARKET_LISTS: Readonly<Record<string, string>> = {
  '0': 'KOSPI',
  '10': 'KOSDAQ',
  '50': 'KONEX',
}

const ADMINISTRATIVE = '관리종목'
const CAUTION = '투자주의환기종목'
const HALT = '거래정지'
const NORMAL = '정상'

/**
 * A listing from a row of ka10099. `orderWarning`, `auditInfo` and `state` each tell of troubles that
 * the others may leave out, so all are read.
 *
 * @param market the market whose list the row came from; the row itself names it only for shares
 * @param kind the kind by a list of its own, where the code was found on one
 */
export function listingOf(row: ListRow, market: string, kind: StockKind | null): StockListing {
  const says = (word: string): boolean => row.auditInfo.includes(word) || row.state.includes(word)
  const administrative = says(ADMINISTRATIVE)
  const caution = says(CAUTION)
  const previousClose = Number.isNaN(row.lastPrice) ? null : row.lastPrice
  const listedShares = Number.isNaN(row.listCount) ? null : row.listCount
  return {
    ticker: row.code.ticker,
    name: row.name,
    market,
    sector: row.upName === '' ? null : row.upName,
    kind: kind ?? kindOf(row),
    department: departmentOf(row, administrative, caution),
    listedShares,
    marketCap:
      listedShares === null || previousClose === null ? null : listedShares * previousClose,
    listingDate: row.regDay === null ? null : fromDayNumber(row.regDay),
    halted: says(HALT),
    administrative,
    caution,
    warning: WARNINGS[row.orderWarning] ?? 'none',
    nxt: row.nxtEnable === 'Y',
    previousClose,
  }
}

/** What a row says of its kind by itself. */
export function kindOf(row: ListRow): StockKind {
  const listed = KIND_LISTS[row.marketCode]
  if (listed !== undefined) return listed
  if (row.kind === 'Q' || row.marketName === 'ETN') return 'etn'
  if (row.marketName === 'ETF') return 'etf'
  if (row.marketName === 'ELW') return 'elw'
  if (row.marketName === '리츠') return 'reit'
  if (row.name.includes('스팩') || row.companyClassName.toUpperCase().includes('SPAC'))
    return 'spac'
  return row.code.ticker.endsWith('0') ? 'common' : 'preferred'
}

// What the universe rules of core look for, first; then what else the list says, nothing twice.
function departmentOf(row: ListRow, administrative: boolean, caution: boolean): string | null {
  const named = [
    administrative ? ADMINISTRATIVE : '',
    caution ? CAUTION : '',
    row.companyClassName,
    row.auditInfo === NORMAL ? '' : row.auditInfo,
  ].filter(
    (part, at, all) =>
      all.indexOf(part) === at && !all.some((other) => other !== part && other.includes(part)),
  )
  return named.join(' ') === '' ? null : named.join(' ')
}
