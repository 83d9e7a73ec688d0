// liveScorer: one tick, one strategy.
import { epochMsOfKst, fromDayNumber, krxCalendar, liveScorer } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { vcp } from '@ralph-stock/strategies-vcp'
import { randomMarket, uniform } from '../lib/random-market.mjs'
import { median, table, unitPass } from '../lib/timing.mjs'

const market = randomMarket({ stocks: 600, bars: 300 })
const out = new Float64Array(300)
const last = market.sessions[market.sessions.length - 1]
const open = epochMsOfKst(fromDayNumber(krxCalendar().next(last)), '09:00')
const next = uniform(7)
const TICKS = 60_000

unitPass(market, out)
const unitTimes = Array.from({ length: 30 }, () => {
  const started = process.hrtime.bigint()
  unitPass(market, out)
  return Number(process.hrtime.bigint() - started) / (600 * 300)
})
const unit = median(unitTimes)
const rows = [['live tick, one strategy', 'median ns', 'p99 ns', 'units', 'goal', 'heap growth MB']]
for (const strategy of [vcp(), closingBet(), daytrade()]) {
  const live = liveScorer(market, [strategy])
  const volumes = new Float64Array(600)
  const tick = (k) => {
    const m = Math.floor(next() * 600)
    const { series, stock } = market.members[m]
    const base = series.columns['bars.close'][series.length - 1]
    volumes[m] += 1 + Math.floor(next() * 1000)
    const price = Math.max(1, Math.round(base * (1 + 0.02 * (next() - 0.5))))
    return { ticker: stock.ticker, at: open + k * 5, price, volume: volumes[m] }
  }
  for (let k = 0; k < TICKS; k++) live.update(tick(k))
  globalThis.gc?.()
  const heap = process.memoryUsage().heapUsed
  const times = new Float64Array(TICKS)
  for (let k = 0; k < TICKS; k++) {
    const one = tick(TICKS + k)
    const started = process.hrtime.bigint()
    live.update(one)
    times[k] = Number(process.hrtime.bigint() - started)
  }
  globalThis.gc?.()
  const growth = (process.memoryUsage().heapUsed - heap) / 1e6
  const sorted = times.sort()
  const middle = sorted[TICKS >> 1]
  rows.push([
    strategy.id,
    middle.toFixed(0),
    sorted[Math.floor(TICKS * 0.99)].toFixed(0),
    (middle / unit).toFixed(0),
    '<= 4000',
    growth.toFixed(2),
  ])
}
table(rows)
