import { createSeries, score } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { bars, flows } from './bars.mjs'

const series = createSeries({ ticker: 'D01920', bars, flows })
const card = score(closingBet(), series)
console.log(`${card.asOf}: grade ${card.grade}, ${card.score} of ${card.maxScore} points`)
for (const { id, outcome, reason } of card.criteria) {
  console.log(`  ${id.padEnd(7)} ${outcome.padEnd(8)} ${reason.en}`)
}
console.log(`  entry ${card.plan.entry}, target ${card.plan.target}, stop ${card.plan.stop}`)
