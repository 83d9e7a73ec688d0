// scoreHistory: three stock strategies over the whole market, against the unit.
import { scoreHistory } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { vcp } from '@ralph-stock/strategies-vcp'
import { randomMarket } from '../lib/random-market.mjs'
import { race, table, unitPass } from '../lib/timing.mjs'

const stocks = Number(process.env.BENCH_STOCKS ?? 2600)
const bars = Number(process.env.BENCH_BARS ?? 2500)
const strategies = [vcp(), closingBet(), daytrade()]
const market = randomMarket({ stocks, bars })
const out = new Float64Array(bars)
const columnsMb = (stocks * bars * (8 * 8 + 4)) / 1e6
globalThis.gc?.()
const before = process.memoryUsage()
let peak = 0
const times = await race(
  {
    unit: () => unitPass(market, out),
    scoreHistory: () => {
      const result = scoreHistory(market, strategies)
      const now = process.memoryUsage()
      peak = Math.max(peak, now.arrayBuffers - before.arrayBuffers)
      return result
    },
  },
  Number(process.env.BENCH_ROUNDS ?? 3),
)
const perBar = (ms) => (ms * 1e6) / (stocks * bars)
table([
  ['', 'ms', 'ns/bar', 'units/bar', 'goal'],
  ['SMA(20), the unit', times.unit.toFixed(1), perBar(times.unit).toFixed(2), '1', ''],
  [
    'scoreHistory, 3 strategies',
    times.scoreHistory.toFixed(0),
    perBar(times.scoreHistory).toFixed(1),
    (times.scoreHistory / times.unit).toFixed(1),
    '<= 150',
  ],
])
table([
  ['', 'MB', 'x columns', 'goal'],
  ['columns', columnsMb.toFixed(0), '1', ''],
  ['scores and work', (peak / 1e6).toFixed(0), (peak / 1e6 / columnsMb).toFixed(2), '<= 2'],
])
