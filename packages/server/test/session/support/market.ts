import type { Store } from '@ralph-stock/adapters-timescale'
import { epochMsOfKst, type MarketBatch, type Strategy, tradeDate } from '@ralph-stock/core'
import { createEngine, trackSignals } from '@ralph-stock/engine'
import { demoMarket } from '@ralph-stock/engine/demo'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'

/** The session that follows the invented past. */
export const TODAY = '2026-04-01'
export const TOMORROW = '2026-04-02'
/** Sessions whose scans are kept as signals: those that are open when the day begins. */
const SECTORS = ['전기전자', '금융']
const YESTERDAY = '2026-03-31'
const SCANNED = ['2026-03-26', '2026-03-30', YESTERDAY]

/** The service's strategies with easier screens, so that a small market has signals on every day. */
export function strategies(): Strategy[] {
  return [
    marketGate(),
    closingBet({ screen: { minimumGrade: 'C' } }),
    vcp({ screen: { minimumScore: 40 } }),
    trendTemplate(),
    daytrade({ screen: { minimumGrade: 'C', minimumTradedValueKrw: 0 } }),
  ]
}

/** An invented past, with signals of its last days. */
export async function fillStore(store: Store, batch: Partial<MarketBatch> = {}): Promise<void> {
  const market = demoMarket({ stocks: 20, sessions: 280 })
  // Few sectors, so that each has enough stocks to be known, and the gate with them.
  const stocks = market.stocks.map((stock, k) => ({ ...stock, sector: SECTORS[k % 2] ?? '' }))
  await store.write({ ...market, stocks, ...batch })
  const own = strategies().filter(({ plan }) => plan !== null)
  const engine = createEngine({ strategies: own, store })
  for (const date of SCANNED) {
    const { asOf, universe, results } = await engine.scan({ date })
    await store.saveScan({
      asOf,
      strategies: own.map(({ id }) => id),
      eligible: universe.eligible,
      cards: results.flatMap(({ entries }) => entries.slice(0, 4).map(({ card }) => card)),
      fills: Object.fromEntries(own.map(({ id, plan }) => [id, plan?.fill ?? 'close'])),
    })
  }
  const now = epochMsOfKst(tradeDate(YESTERDAY), '20:00')
  await trackSignals({ store, signals: store, strategies: own, now })
}
