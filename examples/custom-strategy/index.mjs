import { createMarket, scanMarket } from '@ralph-stock/core'
import { marketFromBatch } from '@ralph-stock/engine'
import { DEMO_LAST_DATE, demoMarket } from '@ralph-stock/engine/demo'
import { breakout } from './breakout.mjs'

// An invented market in memory; a program of yours would load one from a store.
const market = createMarket(marketFromBatch(demoMarket()))
const { cards, universe } = scanMarket(market, [breakout], DEMO_LAST_DATE)
const shown = cards.get(breakout.id).filter((card) => card.screen.passed)

console.log(`${DEMO_LAST_DATE}: ${shown.length} of ${universe.eligible.length} stocks break out`)
for (const card of shown.slice(0, 5)) {
  const [high] = card.criteria
  console.log(`  ${card.ticker}  ${card.grade}  ${card.score}/${card.maxScore}  ${high.reason.en}`)
}
