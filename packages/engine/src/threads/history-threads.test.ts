import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { createMarket, type MarketHistory, type Strategy, scoreHistory } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { vcp } from '@ralph-stock/strategies-vcp'
import { describe, expect, it } from 'vitest'
import { marketFromBatch } from '../batch-market.js'
import { demoMarket } from '../demo/index.js'
import { openHistoryThreads, type StrategyModule } from './index.js'

const packages = new URL('../../../', import.meta.url)
const built = (name: string, factory: string): StrategyModule => ({
  module: new URL(`strategies-${name}/dist/index.js`, packages).href,
  export: factory,
})
const modules = [
  built('vcp', 'vcp'),
  built('closing-bet', 'closingBet'),
  built('daytrade', 'daytrade'),
]
const strategies: readonly Strategy[] = [vcp(), closingBet(), daytrade()]
const market = createMarket(marketFromBatch(demoMarket({ stocks: 60, sessions: 120 })))

/** One fingerprint of every bit of a history. */
function fingerprint(history: MarketHistory): string {
  const hash = createHash('sha256')
  const arrays = [...history.strategies.values()].flatMap((one) => [
    ...one.points,
    one.score,
    one.known,
    one.grade,
  ])
  for (const { buffer, byteOffset, byteLength } of [history.days, history.eligible, ...arrays]) {
    // A copy: digests do not read shared memory.
    hash.update(new Uint8Array(buffer, byteOffset, byteLength).slice())
  }
  return hash.digest('hex')
}

describe('history threads', () => {
  it('give the bits of one thread, whatever their number and however often', async () => {
    const expected = fingerprint(scoreHistory(market, strategies))
    for (const threads of [1, 2, 3]) {
      const pool = await openHistoryThreads({ market, strategies: modules, threads })
      expect(fingerprint(await pool.scoreHistory())).toBe(expected)
      expect(fingerprint(await pool.scoreHistory())).toBe(expected)
      await pool.close()
    }
  })

  it('say which module has no such strategy', async () => {
    const missing = pathToFileURL('/nowhere/strategy.js').href
    await expect(
      openHistoryThreads({ market, strategies: [{ module: missing, export: 'x' }] }),
    ).rejects.toMatchObject({ code: 'E_STRATEGY_MODULE' })
    await expect(
      openHistoryThreads({ market, strategies: [built('vcp', 'nothing')] }),
    ).rejects.toMatchObject({ code: 'E_STRATEGY_MODULE' })
  })
})
