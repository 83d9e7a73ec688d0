import { createMarket } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { marketFromBatch } from './batch-market.js'
import { demoMarket } from './demo/index.js'
import { batchFromMarket } from './market-batch.js'

describe('a batch made of a market', () => {
  const demo = demoMarket({ stocks: 40, sessions: 60 })
  const input = marketFromBatch(demo)
  const again = marketFromBatch(batchFromMarket(input))

  it('gives the same market again, halts, flows and indexes included', () => {
    expect(again.universeDay).toBe(input.universeDay)
    expect(again.stocks.map(({ stock }) => stock)).toEqual(input.stocks.map(({ stock }) => stock))
    input.stocks.forEach(({ series }, k) => {
      const other = again.stocks[k]?.series
      expect(other?.days).toEqual(series.days)
      expect(other?.halts).toEqual(series.halts)
      expect(other?.columns).toEqual(series.columns)
      expect(other?.provisionalFlows ?? null).toEqual(series.provisionalFlows)
    })
    expect(again.indexes).toEqual(input.indexes)
  })

  it('holds a halt as a row without volume at the last close', () => {
    const { bars } = batchFromMarket(input)
    const halted = createMarket(input).members.find(({ series }) => series.halts.length > 0)
    expect(halted).toBeDefined()
    const key = bars?.tickers.indexOf(halted?.stock.ticker ?? '') ?? -1
    const rows = Array.from(bars?.volume ?? []).flatMap((volume, row) =>
      bars?.ticker[row] === key && volume === 0 ? [row] : [],
    )
    expect(rows).toHaveLength(halted?.series.halts.length ?? -1)
    for (const row of rows) {
      expect(bars?.open[row]).toBe(bars?.close[row])
      expect(bars?.high[row]).toBe(bars?.low[row])
    }
  })

  it('says who says so and when', () => {
    const origin = { source: 'made', knownAt: 7 }
    expect(batchFromMarket(input, origin)).toMatchObject(origin)
  })
})
