import type { KrxMarket, PriceContext, StockKind, TradeDate } from '@ralph-stock/core'
import { createRandom } from './random.js'

/** What a paper of the simulated market is. */
export type PaperKind = StockKind

/** A paper of the simulated market. An invented one has a code with Z first, and a name with 모의. */
export type Paper = {
  /** Its place in the market. */
  readonly number: number
  /** What its chances are drawn by, wherever it stands. */
  readonly key: number
  readonly code: string
  readonly name: string
  readonly market: KrxMarket
  readonly kind: PaperKind
  readonly sector: string
  readonly size: string
  /** Class of the company, such as SPAC; blank for most. */
  readonly companyClass: string
  readonly listedShares: number
  /** What the list says of them; blank when null. */
  readonly listCount: number | null
  /** `yyyymmdd`. */
  readonly listingDay: string
  readonly basePrice: number
  /** Shares on a usual day. */
  readonly usualVolume: number
  /** Trades on a usual day. */
  readonly usualTrades: number
  /** Standard deviation of a day's return. */
  readonly volatility: number
  readonly audit: string
  readonly state: string
  readonly warning: string
  readonly nxt: boolean
  readonly halted: boolean
  readonly themes: readonly number[]
}

/** Sectors of the simulated market. */
export const SECTORS: readonly string[] = [
  '전기/전자',
  '화학',
  '운수장비',
  '서비스업',
  '금융업',
  '의약품',
  '기계',
  '유통업',
]

/** Themes of the simulated market. */
export const THEMES: readonly string[] = [
  '모의 배터리',
  '모의 로봇',
  '모의 우주',
  '모의 물산업',
  '모의 게임',
  '모의 원전',
]

/** Invents the papers: mostly common stocks, and a few of every other kind and trouble. */
export function inventPapers(seed: number, stocks: number, activity: number): Paper[] {
  return Array.from({ length: stocks }, (_, number) => inventPaper(seed, number, stocks, activity))
}

function inventPaper(seed: number, number: number, stocks: number, activity: number): Paper {
  const random = createRandom(seed, 1, number)
  const kind = kindOf(number, stocks)
  const kosdaq = kind !== 'etf' && kind !== 'etn' && number % 5 >= 3
  const sector = kind === 'common' || kind === 'preferred' ? pick(SECTORS, random.below(97)) : ''
  const fame = random.next() ** 3
  const halted = kind === 'common' && number % 61 === 17
  const audit = auditOf(kind, number, halted)
  const price = Math.exp(6.9 + 5.2 * random.next())
  const listedShares = 1_000_000 + random.below(90_000_000)
  return {
    number,
    key: number,
    code: `Z${String(number + 1).padStart(4, '0')}${kind === 'preferred' ? '5' : '0'}`,
    name: nameOf(kind, number, sector),
    market: kosdaq ? 'KOSDAQ' : 'KOSPI',
    kind,
    sector: kind === 'reit' ? '부동산' : kind === 'spac' ? '금융업' : sector,
    size: sector === '' ? '' : fame > 0.5 ? '대형주' : fame > 0.1 ? '중형주' : '소형주',
    companyClass: kind === 'spac' && kosdaq ? 'SPAC' : '',
    listedShares,
    listCount: listedShares,
    listingDay: '20100104',
    basePrice: Math.round(price),
    usualVolume: Math.round(2000 + fame * 2_000_000),
    usualTrades: Math.max(8, Math.round((12 + fame * 1500) * activity)),
    volatility: 0.012 + 0.025 * random.next(),
    audit,
    state: halted
      ? '증거금100%|거래정지'
      : audit === '관리종목'
        ? '관리종목'
        : '증거금40%|신용가능',
    warning: number % 53 === 7 ? '5' : '0',
    nxt: kind === 'common' && !halted && number % 3 === 0,
    halted,
    themes: kind === 'common' ? [number % THEMES.length] : [],
  }
}

function kindOf(number: number, stocks: number): PaperKind {
  // The last papers of a market of some size are not common stocks.
  const fromEnd = stocks - 1 - number
  if (stocks < 20) return 'common'
  const others: readonly PaperKind[] = ['etf', 'etn', 'spac', 'reit', 'preferred']
  return others[fromEnd] ?? (number % 40 === 39 ? 'preferred' : 'common')
}

function auditOf(kind: PaperKind, number: number, halted: boolean): string {
  if (halted) return '거래정지'
  if (kind !== 'common') return '정상'
  return number % 47 === 11 ? '관리종목' : number % 59 === 13 ? '투자주의환기종목' : '정상'
}

function nameOf(kind: PaperKind, number: number, sector: string): string {
  const serial = String(number + 1).padStart(3, '0')
  switch (kind) {
    case 'etf':
      return `모의 지수 ETF${serial}`
    case 'etn':
      return `모의 인버스 ETN${serial}`
    case 'spac':
      return `모의스팩${serial}호`
    case 'reit':
      return `모의리츠${serial}`
    case 'preferred':
      return `모의${sector.slice(0, 2)}${serial}우`
    default:
      return `모의${sector.slice(0, 2)}${serial}`
  }
}

/** Which row of the exchange's price rules holds for a paper. */
export function rulesOf(paper: Paper, date: TradeDate): PriceContext {
  const { kind, market } = paper
  // Warrants have no limit of their own; here they keep within that of funds.
  if (kind === 'etf' || kind === 'elw') return { date, market, kind: 'etf' }
  return { date, market, kind: kind === 'etn' ? 'etn' : 'stock' }
}

function pick<T>(values: readonly T[], at: number): T {
  // Sound: the remainder is a position of an array that is not empty.
  return values[at % values.length] as T
}
