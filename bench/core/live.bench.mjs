// liveScorer: one tick, one strategy.
import { epochMsOfKst, fromDayNumber, krxCalendar, liveScorer } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'
import { randomMarket, uniform } from '../lib/random-market.mjs'
import { median, table, turns, unitPass } from '../lib/timing.mjs'

const STOCKS = 600
const BARS = 300
const TICKS_A_TURN = 500
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 100)
const market = randomMarket({ stocks: STOCKS, bars: BARS })
const last = market.sessions[market.sessions.length - 1]
const open = epochMsOfKst(fromDayNumber(krxCalendar().next(last)), '09:00')
const strategies = [vcp(), trendTemplate(), closingBet(), daytrade()]

/** Feeds a scorer of one strategy random ticks of random stocks, and keeps what each of them took. */
function feed(strategy) {
  const live = liveScorer(market, [strategy])
  const next = uniform(7)
  const volumes = new Float64Array(STOCKS)
  const times = []
  let count = 0
  const tick = () => {
    const m = Math.floor(next() * STOCKS)
    const { series, stock } = market.members[m]
    const base = series.columns['bars.close'][series.length - 1]
    volumes[m] += 1 + Math.floor(next() * 1000)
    const price = Math.max(1, Math.round(base * (1 + 0.02 * (next() - 0.5))))
    return { ticker: stock.ticker, at: open + count++ * 5, price, volume: volumes[m] }
  }
  const turn = () => {
    for (let k = 0; k < TICKS_A_TURN; k++) {
      const one = tick()
      const started = process.hrtime.bigint()
      live.update(one)
      times.push(Number(process.hrtime.bigint() - started))
    }
  }
  return { strategy, turn, times }
}

const out = new Float64Array(BARS)
const fed = strategies.map(feed)
// Every stock has its first tick of the session before anything counts.
for (const { turn } of fed) for (let k = 0; k < 40; k++) turn()
globalThis.gc?.()
const heap = process.memoryUsage().heapUsed
for (const one of fed) one.times.length = 0
const perTurn = fed.map(() => [])
const tasks = { unit: () => unitPass(market, out) }
fed.forEach((one, k) => {
  tasks[one.strategy.id] = () => {
    one.turn()
    const taken = one.times.slice(-TICKS_A_TURN)
    perTurn[k].push(median(taken))
  }
})
const unitTimes = turns(tasks, ROUNDS).unit.map((ms) => (ms * 1e6) / (STOCKS * BARS))
const held = fed.reduce((sum, { times }) => sum + times.length * 8, 0)
globalThis.gc?.()
const growth = (process.memoryUsage().heapUsed - heap - held) / 1e6
const rows = [['live tick, one strategy', 'median ns', 'p99 ns', 'units', 'goal']]
fed.forEach(({ strategy, times }, k) => {
  const rounds = perTurn[k].slice(-ROUNDS)
  const sorted = times.sort((a, b) => a - b)
  rows.push([
    strategy.id,
    median(rounds).toFixed(0),
    sorted[Math.floor(sorted.length * 0.99)].toFixed(0),
    median(rounds.map((ns, round) => ns / unitTimes[round])).toFixed(0),
    '<= 4000',
  ])
})
table(rows)
table([
  ['all four', 'MB', 'goal'],
  ['heap growth', growth.toFixed(2), 'none'],
])
