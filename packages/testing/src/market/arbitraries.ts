import type { Article, Bar, Flow, Stock, TradeDate } from '@ralph-stock/core'
import fc from 'fast-check'
import { INDEXES, type MarketRows, rowsOf, type StockRows } from './market-rows.js'
import type {
  ArticleScript,
  FlowScript,
  MarketScript,
  Segment,
  SegmentKind,
  StockScript,
} from './script.js'

/** How large the generated markets are. */
export type MarketOptions = {
  /** Sessions that most stocks have at least; what a strategy looks back on. Default 30. */
  readonly bars?: number
  /** Stocks at most. Default 7. */
  readonly stocks?: number
  /** What may happen to a stock; everything unless given. */
  readonly kinds?: readonly SegmentKind[]
}

const ALL_KINDS: readonly SegmentKind[] = [
  'walk',
  'flat',
  'round',
  'rise',
  'fall',
  'limit-up',
  'limit-down',
  'halt',
  'gap',
  'split',
  'rounded',
  'wrong',
]

const FLOWS: readonly FlowScript[] = ['values', 'none', 'shares', 'holes', 'provisional']
const TIMES = ['09:00', '00:00', '15:20', '15:21', '23:59'] as const
const SENTIMENTS = [0.6, 1, 0.7, 0.3, 0, -0.5, null] as const
const PRICES = [10_000, 1_000, 1_995, 5_000, 50_000, 100_000, 473] as const
const VOLUMES = [100_000, 1_000, 3_000_000, 10_000_000] as const

/** Stories of markets: what every other arbitrary of this package is made of. */
export function marketScripts(options: MarketOptions = {}): fc.Arbitrary<MarketScript> {
  const { stocks = 7 } = options
  return fc.record({
    stocks: fc
      .array(stockScripts(options), { minLength: 1, maxLength: stocks, size: 'max' })
      .map(withTickers),
    indexSeed: fc.nat({ max: 1_000_000 }),
    indexGap: fc.option(
      fc.record({
        name: fc.constantFrom('KOSPI', 'KOSDAQ'),
        sessionsBack: fc.nat({ max: 3 }),
      }),
      { freq: 4 },
    ),
  })
}

/** The rows of a market: stocks with bars, flows and news, and two indexes. */
export function marketArbitrary(options: MarketOptions = {}): fc.Arbitrary<MarketRows> {
  return marketScripts(options).map((script) => rowsOf(script, INDEXES))
}

/**
 * The daily rows of one stock, oldest first: whole won on the tick grid, within the day's limits, with
 * halts, limit moves, flat stretches, gaps, splits, and rows that rounding or a mistake broke.
 */
export function barsArbitrary(options: MarketOptions = {}): fc.Arbitrary<readonly Bar[]> {
  return stockRows(options).map(({ bars }) => bars)
}

/** Net buying beside a stock's rows; undefined where there is no source. */
export function flowsArbitrary(
  options: MarketOptions = {},
): fc.Arbitrary<readonly Flow[] | undefined> {
  return stockRows(options).map(({ flows }) => flows)
}

/** Analysed articles of a stock, copies and unanalysed ones among them; undefined without a source. */
export function newsArbitrary(
  options: MarketOptions = {},
): fc.Arbitrary<readonly Article[] | undefined> {
  return stockRows(options).map(({ articles }) => articles)
}

/** Listings of every kind that a stock list holds, most of them common stocks. */
export function universeArbitrary(options: MarketOptions = {}): fc.Arbitrary<readonly Stock[]> {
  return marketArbitrary(options).map(({ stocks }) => stocks.map(({ stock }) => stock))
}

function stockRows(options: MarketOptions): fc.Arbitrary<StockRows> {
  // Sound: a market of at most one stock has exactly one.
  return marketArbitrary({ ...options, stocks: 1 }).map((rows) => rows.stocks[0] as StockRows)
}

function stockScripts(options: MarketOptions): fc.Arbitrary<StockScript> {
  return fc.record({
    stock: listings(),
    price: fc.oneof(fc.constantFrom(...PRICES), fc.integer({ min: 20, max: 300_000 })),
    volume: fc.constantFrom(...VOLUMES),
    segments: segmentLists(options),
    flows: fc.constantFrom(...FLOWS),
    articles: fc.option(fc.array(articleScripts(), { maxLength: 5 }), { freq: 3 }),
  })
}

function segmentLists({ bars = 30, kinds = ALL_KINDS }: MarketOptions): fc.Arbitrary<Segment[]> {
  const seed = fc.nat({ max: 1_000_000 })
  const lead = fc.record({
    kind: fc.constantFrom<SegmentKind>('walk', 'walk', 'round', 'rise'),
    sessions: fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: Math.max(1, bars - 2), max: bars + 12 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1, max: Math.max(2, bars) }) },
    ),
    seed,
  })
  const rest = fc.record({
    kind: fc.constantFrom(...kinds),
    sessions: fc.integer({ min: 1, max: 6 }),
    seed,
  })
  // An eighth of the stocks are told by short segments alone, and may hold next to nothing.
  return fc
    .tuple(fc.option(lead, { freq: 7 }), fc.array(rest, { maxLength: 6 }))
    .map(([first, others]) => (first === null ? others : [first, ...others]))
}

function articleScripts(): fc.Arbitrary<ArticleScript> {
  return fc.record({
    daysBack: fc.nat({ max: 9 }),
    time: fc.constantFrom(...TIMES),
    number: fc.nat({ max: 6 }),
    sentiment: fc.constantFrom(...SENTIMENTS),
  })
}

const COMMON: Stock = {
  ticker: '',
  name: '가나전자',
  market: 'KOSPI',
  sector: '반도체 제조업',
  kind: null,
  department: null,
  listedShares: null,
  marketCap: null,
  listingDate: null,
}

/** Listings that are left out, and some that only look as if they were. */
const ODD: readonly Partial<Stock>[] = [
  { market: 'KONEX' },
  { ticker: '5' },
  { kind: 'etf' },
  { name: '가나리츠', sector: '부동산 임대 및 공급업' },
  { name: '메리츠가나', sector: '기타 금융업' },
  { name: '가나스팩1호' },
  { name: '가나기업인수', department: 'SPAC(소속부없음)' },
  { department: '관리종목(소속부없음)' },
  { department: '투자주의환기종목(소속부없음)' },
  { kind: 'fund' },
]

function listings(): fc.Arbitrary<Stock> {
  const common = fc
    .tuple(fc.constantFrom('KOSPI', 'KOSDAQ'), fc.constantFrom(0, 0, 0, 1, 2))
    .map(([market, kind]): Stock => {
      const sector = kind === 0 ? COMMON.sector : kind === 1 ? '의약품 제조업' : null
      return { ...COMMON, market, sector }
    })
  return fc.oneof(
    { weight: 8, arbitrary: common },
    { weight: 1, arbitrary: fc.constantFrom(...ODD).map((odd) => ({ ...COMMON, ...odd })) },
  )
}

// Tickers are given by position, so that no two are alike; an odd last character is kept.
function withTickers(stocks: readonly StockScript[]): StockScript[] {
  return stocks.map((one, i) => {
    const letter = i % 3 === 2 ? 'Z' : '0'
    const ticker = `${String(i + 1).padStart(4, '0')}${letter}${one.stock.ticker || '0'}`
    return { ...one, stock: { ...one.stock, ticker } }
  })
}

/** The sessions of rows, for choosing one. */
export function sessionOf(rows: MarketRows, back: number): TradeDate {
  const at = Math.max(0, rows.sessions.length - 1 - back)
  // Sound: a market has two sessions or more.
  return rows.sessions[at] as TradeDate
}
