// A whole market of random walks: branches that nobody can predict, which is the worst case.
import { createMarket, krxCalendar, seriesFromColumns } from '@ralph-stock/core'

/** Uniform numbers in [0, 1) from a seed (xorshift128). */
export function uniform(seed) {
  let x = seed | 1
  let y = 362436069
  let z = 521288629
  let w = 88675123
  return () => {
    const t = x ^ (x << 11)
    x = y
    y = z
    z = w
    w = w ^ (w >>> 19) ^ (t ^ (t >>> 8))
    return (w >>> 0) / 4294967296
  }
}

function normal(next) {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Trade dates of the last `count` sessions of the exchange's calendar before 2026. */
export function tradeDays(count) {
  const calendar = krxCalendar()
  const days = new Int32Array(count)
  let day = 20_454
  for (let i = count - 1; i >= 0; i--) {
    day = calendar.previous(day)
    days[i] = day
  }
  return days
}

/** `stocks` random walks over the last `bars` sessions, whole won, with flows, in `sectors` sectors. */
export function randomMarket({ stocks, bars, sectors = 160, seed = 1 }) {
  const next = uniform(seed)
  const days = tradeDays(bars)
  const all = []
  for (let m = 0; m < stocks; m++) {
    const ticker = String(m * 10).padStart(6, '0')
    all.push({
      stock: {
        ticker,
        name: `Walk ${m}`,
        market: m % 2 === 0 ? 'KOSPI' : 'KOSDAQ',
        sector: `Sector ${Math.floor(next() * sectors)}`,
        kind: 'common',
        department: null,
        listedShares: null,
        marketCap: null,
        listingDate: null,
      },
      series: walk(ticker, days, next),
    })
  }
  return createMarket({
    stocks: all,
    indexes: { KOSPI: walk('KOSPI', days, next), KOSDAQ: walk('KOSDAQ', days, next) },
  })
}

function walk(ticker, days, next) {
  const n = days.length
  const column = () => new Float64Array(n)
  const [open, high, low, close, volume, foreign, institution] = Array.from({ length: 7 }, column)
  let price = 1000 + next() * 100_000
  for (let i = 0; i < n; i++) {
    const before = price
    price = Math.min(3e6, Math.max(100, Math.round(price * Math.exp(0.02 * normal(next)))))
    open[i] = Math.round(before)
    close[i] = price
    high[i] = Math.ceil(Math.max(open[i], price) * (1 + 0.01 * next()))
    low[i] = Math.max(1, Math.floor(Math.min(open[i], price) * (1 - 0.01 * next())))
    volume[i] = 1 + Math.floor(2_000_000 * next() * next())
    foreign[i] = Math.round(volume[i] * price * (next() - 0.5) * 0.2)
    institution[i] = Math.round(volume[i] * price * (next() - 0.5) * 0.2)
  }
  return seriesFromColumns({
    ticker,
    days,
    columns: {
      'bars.open': open,
      'bars.high': high,
      'bars.low': low,
      'bars.close': close,
      'bars.volume': volume,
      'flows.foreign': foreign,
      'flows.institution': institution,
    },
  })
}
