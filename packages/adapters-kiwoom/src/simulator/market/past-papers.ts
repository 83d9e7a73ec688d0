import { type BarRows, krxMarket, type Stock } from '@ralph-stock/core'
import { type Paper, THEMES } from './listings.js'

/** A stock of a given market, and what is known of it. */
export type GivenStock = {
  readonly stock: Stock
  readonly number: number
  readonly bars: BarRows
  /** Positions of its bars, oldest first; not empty. */
  readonly rows: readonly number[]
  /** Day number of the market's last session. */
  readonly lastDay: number
  readonly sectors: readonly string[]
  readonly activity: number
}

const USUAL_SESSIONS = 20
const VOLATILITY_SESSIONS = 60
const FEWEST_SHARES = 60
const MOST_TRADES = 4000
const CALMEST = 0.003
const WILDEST = 0.045
/** The mean of a normal variable's size, as a share of its standard deviation. */
const MEAN_SIZE = 0.8
/** KRW of a usual day from which a stock is traded on Nextrade too. */
const NXT_VALUE = 3e9
const LARGE_VALUE = 5e10
const ADMINISTRATIVE = '관리종목'
const CAUTION = '투자주의환기종목'

/**
 * The paper of a given stock: its facts as they are, and what is usual for it by its own past. One
 * that was not traded on the last session is halted.
 */
export function paperOf(given: GivenStock): Paper {
  const { stock, number, bars, rows, sectors } = given
  const traded = rows.filter((row) => (bars.volume[row] as number) > 0)
  const last = rows[rows.length - 1] as number
  const close = bars.close[last] as number
  const recent = traded.slice(-USUAL_SESSIONS)
  const usualVolume = Math.max(FEWEST_SHARES, Math.round(median(recent, bars.volume)))
  const usualValue = usualVolume * close
  const halted = bars.day[last] !== given.lastDay || bars.volume[last] === 0
  const kind = stock.kind ?? (stock.ticker.endsWith('0') ? 'common' : 'preferred')
  const department = stock.department ?? ''
  const audit = [ADMINISTRATIVE, CAUTION].find((word) => department.includes(word))
  return {
    number,
    key: keyOf(stock.ticker),
    code: stock.ticker,
    name: stock.name,
    market: krxMarket(stock.market),
    kind,
    sector: stock.sector ?? '',
    size: usualValue >= LARGE_VALUE ? '대형주' : usualValue >= NXT_VALUE ? '중형주' : '소형주',
    companyClass: department,
    listedShares: stock.listedShares ?? usualVolume * 200,
    listCount: stock.listedShares,
    listingDay: (stock.listingDate ?? '').replaceAll('-', ''),
    basePrice: close,
    usualVolume,
    usualTrades: Math.max(8, Math.round(tradesOf(usualValue) * given.activity)),
    volatility: volatilityOf(traded.slice(-VOLATILITY_SESSIONS), bars.close),
    audit: audit ?? '정상',
    state: halted ? '증거금100%|거래정지' : (audit ?? '증거금40%|신용가능'),
    warning: '0',
    nxt: kind === 'common' && !halted && usualValue >= NXT_VALUE,
    halted,
    themes:
      kind === 'common' && stock.sector !== null
        ? [sectors.indexOf(stock.sector) % THEMES.length]
        : [],
  }
}

/** How many trades a day of a traded value, KRW, has. */
export function tradesOf(value: number): number {
  return Math.min(MOST_TRADES, 30 + 40 * Math.sqrt(value / 1e8))
}

function median(rows: readonly number[], values: Float64Array): number {
  const sorted = rows.map((row) => values[row] as number).sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

// From the mean size of a day's move: a few wild days say little of a usual one.
function volatilityOf(rows: readonly number[], close: Float64Array): number {
  let sum = 0
  for (let i = 1; i < rows.length; i++) {
    sum += Math.abs(Math.log((close[rows[i] as number] ?? 1) / (close[rows[i - 1] as number] ?? 1)))
  }
  const usual = sum / Math.max(1, rows.length - 1) / MEAN_SIZE
  return Math.min(WILDEST, Math.max(CALMEST, usual))
}

function keyOf(ticker: string): number {
  let key = 0
  for (let at = 0; at < ticker.length; at++) {
    key = (Math.imul(key, 31) + ticker.charCodeAt(at)) | 0
  }
  return key
}
