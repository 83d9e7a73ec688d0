// Indicators against the same ones of technicalindicators and trading-signals, on the same bars.
import { createEvaluator, isColumn } from '@ralph-stock/core'
import { randomMarket } from '../lib/random-market.mjs'
import { median, table, turns } from '../lib/timing.mjs'
import { formsOf, INDICATORS } from './indicator-rows.mjs'

const BARS = 2500
const STOCKS = 8
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 50)
const GOALS = { technicalindicators: 40, 'trading-signals': 8 }
const PEERS = Object.keys(GOALS)
const market = randomMarket({ stocks: STOCKS, bars: BARS })
const all = market.members.map(({ series }) => formsOf(series))

/** As the pipeline does it: one evaluator for all stocks, whose results are read where they lie. */
function columnTask(column) {
  const outputs = isColumn(column) ? [column] : Object.values(column)
  const evaluator = createEvaluator(outputs)
  const slots = outputs.map(({ key }) => evaluator.plan.slotOf.get(key))
  return ({ series }) => {
    evaluator.bind({
      length: series.length,
      column: (name) => series.columns[name],
      magnitude: (name) => series.magnitudes[name] ?? Number.POSITIVE_INFINITY,
    })
    evaluator.run(0, series.length)
    return slots.map((slot) => evaluator.arrays[slot])
  }
}

/** A stock at a call: turns of slow contenders are no longer than others, so they meet as many pauses. */
function oneByOne(run) {
  let next = 0
  return () => run(all[next++ % STOCKS])
}

const tasks = {}
for (const [name, row] of Object.entries(INDICATORS)) {
  const contenders = { ...row, column: columnTask(row.column) }
  for (const [who, run] of Object.entries(contenders)) {
    if (run !== null) tasks[`${name}/${who}`] = oneByOne(run)
  }
}
const times = turns(tasks, ROUNDS)
const nsPerBar = (key) => (median(times[key]) * 1e6) / BARS
/** How many times faster, each round by itself: both had the same moment of the machine. */
const faster = (name, who, peer) =>
  median(times[`${name}/${peer}`].map((ms, round) => ms / times[`${name}/${who}`][round]))

const printed = [['ns a bar', 'column', 'call', ...PEERS.flatMap((peer) => [peer, 'x', 'x call'])]]
const ratios = Object.fromEntries(
  ['column', 'call'].map((who) => [who, Object.fromEntries(PEERS.map((peer) => [peer, []]))]),
)
for (const name of Object.keys(INDICATORS)) {
  const cells = [name, nsPerBar(`${name}/column`).toFixed(1), nsPerBar(`${name}/call`).toFixed(1)]
  for (const peer of PEERS) {
    if (INDICATORS[name][peer] === null) {
      cells.push('', '', '')
      continue
    }
    cells.push(nsPerBar(`${name}/${peer}`).toFixed(0))
    for (const who of ['column', 'call']) {
      const ratio = faster(name, who, peer)
      ratios[who][peer].push(ratio)
      cells.push(ratio.toFixed(1))
    }
  }
  printed.push(cells)
}
table(printed)
table([
  ['median', 'x column', 'x call', 'goal'],
  ...PEERS.map((peer) => [
    peer,
    median(ratios.column[peer]).toFixed(0),
    median(ratios.call[peer]).toFixed(0),
    `>= ${GOALS[peer]}`,
  ]),
])
