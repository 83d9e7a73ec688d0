// scanMarket: full cards of every strategy for every stock on one date, data in memory.
import { fromDayNumber, scanMarket } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'
import { randomMarket } from '../lib/random-market.mjs'
import { race, table, unitPass } from '../lib/timing.mjs'

const stocks = 2600
const bars = 252
const market = randomMarket({ stocks, bars })
const out = new Float64Array(bars)
const asOf = fromDayNumber(market.sessions[market.sessions.length - 1])
const all = [vcp(), trendTemplate(), closingBet(), daytrade(), marketGate()]
const tasks = {
  unit: () => unitPass(market, out),
  'all strategies': () => scanMarket(market, all, asOf),
}
for (const strategy of all) tasks[strategy.id] = () => scanMarket(market, [strategy], asOf)
const times = await race(tasks, 15)
table([
  ['scan of 2,600 stocks x 252 bars', 'ms', 'x SMA(20) pass', 'goal'],
  ...Object.entries(times).map(([name, ms]) => [
    name,
    ms.toFixed(2),
    (ms / times.unit).toFixed(1),
    name === 'all strategies' ? '<= 60' : '',
  ]),
])
