import { compileCriteria } from '../scoring/compile-strategy.js'
import type { Strategy } from '../strategy/define-strategy.js'
import { createLiveEvaluator } from './live-evaluator.js'
import type { LivePeers } from './live-peers.js'
import type { LiveStock } from './live-stock.js'

/** The scores of live stocks alone, without cards: what every tick pays for. */
export interface LivePoints {
  /** The scores of the stock that was updated last, by position of the strategies. */
  readonly scores: Float64Array
  /** Scores the stock's last bar; tells whether a score, or what is known, differs from before. */
  update(position: number, stock: LiveStock, peers: LivePeers): boolean
}

/** Prepares the strategies for `stocks` stocks. */
export function livePoints(strategies: readonly Strategy[], stocks: number): LivePoints {
  const count = strategies.length
  const evaluator = createLiveEvaluator(
    strategies.flatMap((one) => one.criteria.flatMap((line) => Object.values(line.inputs))),
    stocks,
  )
  const { plan, arrays } = evaluator
  const compiled = strategies.map((strategy) => ({
    strategy,
    criteria: compileCriteria(strategy, plan),
  }))
  const scores = new Float64Array(count)
  // Of all stocks, side by side, since the tick before.
  const before = new Float64Array(stocks * count).fill(Number.NaN)
  const knownBefore = new Int32Array(stocks * count)
  return {
    scores,
    update(position, stock, peers) {
      const bar = stock.length - 1
      evaluator.run(position, stock)
      for (const { slot, column } of plan.given) {
        ;(arrays[slot] as Float64Array)[bar] = peers.value(column.key, position)
      }
      let changed = false
      for (let s = 0; s < count; s++) {
        const { strategy, criteria } = compiled[s] as (typeof compiled)[number]
        let score = 0
        let known = 0
        for (const group of strategy.groups) {
          let sum = 0
          for (let k = group.first; k < group.end; k++) {
            const one = criteria[k] as (typeof criteria)[number]
            const value = one.points(arrays, bar)
            if (Number.isNaN(value)) continue
            sum += value
            known += one.criterion.maxPoints
          }
          score += group.weight * sum
        }
        const own = position * count + s
        if (before[own] !== score || knownBefore[own] !== known) changed = true
        before[own] = score
        knownBefore[own] = known
        scores[s] = score
      }
      return changed
    },
  }
}
