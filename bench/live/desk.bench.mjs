// A live desk: one tick through three strategies, its signals and quotes, against the scorers alone.
import { epochMsOfKst, fromDayNumber, krxCalendar, liveScorer } from '@ralph-stock/core'
import { createLiveDesk } from '@ralph-stock/engine'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { vcp } from '@ralph-stock/strategies-vcp'
import { randomMarket, uniform } from '../lib/random-market.mjs'
import { median, table } from '../lib/timing.mjs'

const STOCKS = Number(process.env.BENCH_STOCKS ?? 600)
const TICKS = 60_000
const market = randomMarket({ stocks: STOCKS, bars: 300 })
const last = market.sessions[market.sessions.length - 1]
const open = epochMsOfKst(fromDayNumber(krxCalendar().next(last)), '09:00')

/** A store that takes everything and keeps nothing, so that the growth seen is the desk's. */
const signals = {
  saveScan: async () => ({ scanId: 1, added: 0, corrected: 0, kept: 1, signals: [] }),
  findSignals: async () => [],
  enterSignal: async () => {},
  closeSignal: async () => {},
  close: async () => {},
}
const clock = { now: () => open, after: () => ({ stop() {} }) }

function feed(seed) {
  const next = uniform(seed)
  const volumes = new Float64Array(STOCKS)
  return (k) => {
    const m = Math.floor(next() * STOCKS)
    const { series, stock } = market.members[m]
    const base = series.columns['bars.close'][series.length - 1]
    volumes[m] += 1 + Math.floor(next() * 1000)
    const price = Math.max(1, Math.round(base * (1 + 0.02 * (next() - 0.5))))
    return { ticker: stock.ticker, at: open + k * 5, price, volume: volumes[m] }
  }
}

async function measure(take) {
  const tick = feed(7)
  for (let k = 0; k < TICKS; k++) take(tick(k))
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc?.()
  const heap = process.memoryUsage().heapUsed
  const times = new Float64Array(TICKS)
  for (let k = 0; k < TICKS; k++) {
    const one = tick(TICKS + k)
    const started = process.hrtime.bigint()
    take(one)
    times[k] = Number(process.hrtime.bigint() - started)
  }
  await new Promise((resolve) => setImmediate(resolve))
  globalThis.gc?.()
  const growth = (process.memoryUsage().heapUsed - heap) / 1e6
  times.sort()
  return { median: times[TICKS >> 1], p99: times[Math.floor(TICKS * 0.99)], growth }
}

const strategies = [vcp(), closingBet(), daytrade(), marketGate()]
const scorers = [
  liveScorer(market, [strategies[0], strategies[1]]),
  liveScorer(market, [strategies[2]], { volumeShare: () => 0.5 }),
]
const alone = await measure((tick) => {
  for (const scorer of scorers) scorer.update(tick)
})
const desk = createLiveDesk({ market, strategies, signals, clock })
await desk.loadSignals()
const whole = await measure((tick) => desk.update(tick))

const row = (name, one) => [name, one.median.toFixed(0), one.p99.toFixed(0), one.growth.toFixed(2)]
table([
  ['live tick, three strategies', 'median ns', 'p99 ns', 'heap growth MB'],
  row('scorers alone', alone),
  row('desk', whole),
])

const first = { ...feed(7)(0), volume: 1e9 }
let moved = 0
const timed = (run) => {
  const times = Array.from({ length: 11 }, (_, k) => {
    // Something has changed, or what was computed before would be given again.
    desk.update({ ...first, at: open + 1e6 + k, volume: first.volume + ++moved })
    const started = process.hrtime.bigint()
    run()
    return Number(process.hrtime.bigint() - started) / 1e6
  })
  return median(times).toFixed(2)
}
table([
  [`the desk of ${STOCKS} stocks as it stands`, 'median ms'],
  ['gate', timed(() => desk.gate())],
  ['market', timed(() => desk.market())],
  ['scan of all strategies', timed(() => desk.scan())],
  ['candidates', timed(() => desk.candidates(100))],
])
