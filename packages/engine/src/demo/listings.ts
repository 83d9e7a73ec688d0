import type { Stock, StockKind } from '@ralph-stock/core'
import { createRandom, type Random } from './random.js'
import type { StoryName } from './stories.js'

/** An invented listing, and what its price path is made of. */
export type DemoListing = {
  readonly stock: Omit<Stock, 'marketCap'> & { readonly listedShares: number }
  readonly sectorNumber: number
  readonly story: StoryName
  /** KRW on the first session. */
  readonly startPrice: number
  /** Usual traded value of a session, KRW. */
  readonly usualValue: number
  /** Standard deviation of the stock's own daily log return. */
  readonly volatility: number
  /** How strongly it follows the market. */
  readonly beta: number
  /** Sessions before the last one on which it was first traded. */
  readonly sessions: number
  /** Sessions before the last one (0) on which it is halted. */
  readonly halted: readonly number[]
  readonly flows: 'most' | 'none'
}

type Sector = { readonly name: string; readonly brand: string; readonly weight: number }

/** Sectors of the exchange's own naming; the last few are too small to be compared within. */
export const DEMO_SECTORS: readonly Sector[] = [
  { name: '반도체 제조업', brand: '반도체', weight: 30 },
  { name: '소프트웨어 개발 및 공급업', brand: '소프트', weight: 28 },
  { name: '의약품 제조업', brand: '제약', weight: 28 },
  { name: '전자부품 제조업', brand: '전자', weight: 24 },
  { name: '자동차 신품 부품 제조업', brand: '오토', weight: 20 },
  { name: '일차전지 및 이차전지 제조업', brand: '배터리', weight: 18 },
  { name: '특수 목적용 기계 제조업', brand: '기계', weight: 18 },
  { name: '기타 화학제품 제조업', brand: '화학', weight: 16 },
  { name: '기타 금융업', brand: '금융', weight: 12 },
  { name: '기타 식품 제조업', brand: '식품', weight: 10 },
  { name: '건물 건설업', brand: '건설', weight: 10 },
  { name: '1차 철강 제조업', brand: '스틸', weight: 8 },
  { name: '선박 및 보트 건조업', brand: '조선', weight: 6 },
  { name: '해상 운송업', brand: '해운', weight: 6 },
  { name: '항공기, 우주선 및 부품 제조업', brand: '우주', weight: 3 },
  { name: '어로 어업', brand: '수산', weight: 2 },
]

/** Every name begins so, and no real listing does. */
export const DEMO_PREFIX = '데모'

/** How many stocks live through each story, of 240; the others have a plain time. */
const STORIES: ReadonlyArray<readonly [StoryName, number]> = [
  ['leader', 22],
  ['laggard', 36],
  ['base', 22],
  ['breakout', 12],
  ['cycle', 44],
  ['bounce', 10],
  ['limit-up', 2],
  ['fading', 12],
]
const STORIES_OF = 240

/** Traded value of a session, KRW, that makes a stock one of the much traded. */
const LIQUID = 30e9

/**
 * Invents the common stocks. Tickers are `D` with four digits and a 0: real codes begin with a digit.
 */
export function inventCommonStocks(seed: number, count: number, sessions: number): DemoListing[] {
  const perBrand = new Map<string, number>()
  return Array.from({ length: count }, (_, index) => {
    const random = createRandom(seed, index)
    const sectorNumber = sectorAt((index + 0.5) / count)
    const { name: sectorName, brand } = DEMO_SECTORS[sectorNumber] as Sector
    const serial = (perBrand.get(brand) ?? 0) + 1
    perBrand.set(brand, serial)
    const size = random.uniform()
    const market = random.uniform() < 0.2 + 0.5 * size ? 'KOSPI' : 'KOSDAQ'
    const oddity = oddityOf(index, count)
    const age = oddity === 'young' ? 45 : oddity === 'newborn' ? 12 : sessions
    const story = oddity === null ? storyOf(seed, index) : 'plain'
    const liquidity = Math.exp(random.between(20.8, 23.6) + 2.9 * size * size)
    return {
      stock: {
        ticker: `D${String(index + 1).padStart(4, '0')}0`,
        name: `${DEMO_PREFIX}${brand}${String(serial).padStart(2, '0')}`,
        market,
        sector: oddity === 'blank-sector' ? null : sectorName,
        kind: 'common',
        department: market === 'KOSPI' ? null : '중견기업부',
        listedShares: Math.round(Math.exp(random.between(16.2, 18) + size)),
        listingDate: null,
      },
      sectorNumber,
      story,
      startPrice: Math.exp(random.between(8.1, 10.6) + 0.9 * size),
      // The stocks of the day are those that people know.
      usualValue: story === 'breakout' ? Math.max(liquidity, LIQUID) : liquidity,
      volatility: random.between(0.014, 0.03) - 0.004 * size,
      beta: random.between(0.6, 1.3),
      sessions: Math.min(age, sessions),
      halted: haltsOf(random, oddity),
      flows: oddity === 'no-flows' ? 'none' : 'most',
    }
  })
}

type Oddity = 'young' | 'newborn' | 'blank-sector' | 'halted' | 'no-flows'

const ODDITIES: readonly Oddity[] = ['young', 'newborn', 'blank-sector', 'halted', 'no-flows']

// The oddities sit at fixed places, so that every size of market shows each of them.
function oddityOf(index: number, count: number): Oddity | null {
  const at = ODDITIES.findIndex(
    (_, k) => index === Math.floor(((k + 0.5) / ODDITIES.length) * count),
  )
  return ODDITIES[at] ?? null
}

function storyOf(seed: number, index: number): StoryName {
  // A stride that shares no factor with 240 spreads the stories over all sectors.
  const place = ((index + seed) * 77 + 13) % STORIES_OF
  let end = 0
  for (const [name, count] of STORIES) {
    end += count
    if (place >= 0 && place < end) return name
  }
  return 'plain'
}

function haltsOf(random: Random, oddity: Oddity | null): number[] {
  if (oddity === 'halted') return [0, 1, 2, 60, 61]
  if (random.uniform() > 0.06) return []
  const from = Math.floor(random.between(20, 200))
  return [from, from + 1, from + 2]
}

function sectorAt(share: number): number {
  const total = DEMO_SECTORS.reduce((sum, { weight }) => sum + weight, 0)
  let sum = 0
  for (let k = 0; k < DEMO_SECTORS.length; k++) {
    sum += (DEMO_SECTORS[k] as Sector).weight
    if (share < sum / total) return k
  }
  return DEMO_SECTORS.length - 1
}

type Paper = {
  readonly ticker: string
  readonly name: string
  readonly market: string
  readonly kind: StockKind
  readonly sector: string | null
  readonly department: string | null
}

const paper = (
  ticker: string,
  name: string,
  market: string,
  kind: StockKind,
  sector: string | null,
  department: string | null = null,
): Paper => ({ ticker, name: `${DEMO_PREFIX}${name}`, market, kind, sector, department })

/** Papers that the universe leaves out, one or two of each kind. */
const PAPERS: readonly Paper[] = [
  paper('D90015', '반도체01우', 'KOSPI', 'preferred', null),
  paper('D90025', '제약03우', 'KOSPI', 'preferred', null),
  paper('D90030', '스팩1호', 'KOSDAQ', 'spac', '금융 지원 서비스업', 'SPAC(소속부없음)'),
  paper('D90040', '스팩2호', 'KOSDAQ', 'spac', '금융 지원 서비스업', 'SPAC(소속부없음)'),
  paper('D90050', '스팩3호', 'KOSDAQ', 'spac', '금융 지원 서비스업', 'SPAC(소속부없음)'),
  paper('D90060', '오피스리츠', 'KOSPI', 'reit', '부동산 임대 및 공급업'),
  paper('D90070', '물류리츠', 'KOSPI', 'reit', '부동산 임대 및 공급업'),
  paper('D90080', '인프라펀드', 'KOSPI', 'fund', '신탁업 및 집합투자업'),
  paper('D90090', '관리종목', 'KOSDAQ', 'common', '건물 건설업', '관리종목(소속부없음)'),
  paper(
    'D90100',
    '환기종목',
    'KOSDAQ',
    'common',
    '전자부품 제조업',
    '투자주의환기종목(소속부없음)',
  ),
  paper('D90110', '코넥스기업', 'KONEX', 'common', '소프트웨어 개발 및 공급업'),
]

/** Invents preferred shares, SPACs, REITs, a fund, and issues that the exchange warns of. */
export function inventOtherPapers(seed: number, sessions: number): DemoListing[] {
  return PAPERS.map((one, index) => {
    const random = createRandom(seed, 100_000 + index)
    const quiet = one.kind === 'spac' || one.kind === 'reit' || one.kind === 'fund'
    return {
      stock: {
        ...one,
        listedShares: Math.round(Math.exp(random.between(15, 17))),
        listingDate: null,
      },
      sectorNumber: index % DEMO_SECTORS.length,
      story: 'plain',
      startPrice: one.kind === 'spac' ? 2050 : Math.exp(random.between(7.6, 9.6)),
      usualValue: Math.exp(random.between(18.5, 21)),
      volatility: quiet ? 0.005 : 0.025,
      beta: quiet ? 0.1 : 1,
      sessions,
      halted: [],
      flows: 'most',
    }
  })
}
