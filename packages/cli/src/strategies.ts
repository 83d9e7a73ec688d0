import type { Strategy } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'

/** The strategies that the command line knows, the market's own first, with their defaults. */
export function knownStrategies(): readonly Strategy[] {
  return [marketGate(), closingBet(), vcp(), trendTemplate(), daytrade()]
}
