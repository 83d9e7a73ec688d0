// scoreHistory on worker threads with shared memory, against one thread.
import { scoreHistory } from '@ralph-stock/core'
import { openHistoryThreads } from '@ralph-stock/engine'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { vcp } from '@ralph-stock/strategies-vcp'
import { randomMarket } from '../lib/random-market.mjs'
import { race, table } from '../lib/timing.mjs'

const stocks = Number(process.env.BENCH_STOCKS ?? 2600)
const bars = Number(process.env.BENCH_BARS ?? 2500)
const market = randomMarket({ stocks, bars })
const factories = { vcp: 'vcp', 'closing-bet': 'closingBet', daytrade: 'daytrade' }
const strategies = Object.entries(factories).map(([name, factory]) => ({
  module: import.meta.resolve(`@ralph-stock/strategies-${name}`),
  export: factory,
}))
const one = await openHistoryThreads({ market, strategies, threads: 1 })
const two = await openHistoryThreads({ market, strategies, threads: 2 })
const times = await race(
  {
    'this thread': () => scoreHistory(market, [vcp(), closingBet(), daytrade()]),
    'one worker': () => one.scoreHistory(),
    'two workers': () => two.scoreHistory(),
  },
  Number(process.env.BENCH_ROUNDS ?? 3),
)
await Promise.all([one.close(), two.close()])
table([
  [`${stocks} stocks x ${bars} bars`, 'ms', 'x one worker', 'goal'],
  ...Object.entries(times).map(([name, ms]) => [
    name,
    ms.toFixed(0),
    (times['one worker'] / ms).toFixed(2),
    name === 'two workers' ? '>= 1.7' : '',
  ]),
])
