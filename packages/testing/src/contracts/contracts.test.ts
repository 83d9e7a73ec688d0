import type { BarStore, MarketDataSource, SignalStore, Tick } from '@ralph-stock/core'
import { tradeDate } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { testBarStore } from './bar-store.js'
import { barRows, flowRows, indexRows, listing } from './batch.js'
import { ContractViolation } from './check.js'
import { testMarketDataSource } from './market-data.js'
import { memorySignalStore } from './memory-signal-store.js'
import { memoryStore } from './memory-store.js'
import { testSignalStore } from './signal-store.js'

async function broken(checks: ReturnType<typeof testBarStore>): Promise<string[]> {
  const names: string[] = []
  for (const { name, run } of checks) {
    await run().catch((error: unknown) => {
      expect(error).toBeInstanceOf(ContractViolation)
      names.push(name)
    })
  }
  return names
}

describe('the contract of bar stores', () => {
  for (const { name, run } of testBarStore(async () => memoryStore())) it(name, run)

  it('is broken by a store that ignores the date asked for', async () => {
    const store = (): BarStore => {
      const own = memoryStore()
      return { ...own, load: ({ through: _, ...request } = {}) => own.load(request) }
    }
    expect(await broken(testBarStore(async () => store()))).toEqual([
      'hides what came after a date',
    ])
  })

  it('is broken by a store that forgets', async () => {
    const store = (): BarStore => ({ ...memoryStore(), load: async () => ({ stocks: [] }) })
    expect((await broken(testBarStore(async () => store()))).length).toBeGreaterThan(5)
  })
})

describe('the contract of signal stores', () => {
  for (const { name, run } of testSignalStore(async () => memorySignalStore())) it(name, run)

  it('is broken by a store that opens a second signal of a stock', async () => {
    const store = (): SignalStore => {
      const own = memorySignalStore()
      return {
        ...own,
        findSignals: async () => (await own.findSignals()).flatMap((one) => [one, one]),
      }
    }
    expect((await broken(testSignalStore(async () => store()))).length).toBeGreaterThan(2)
  })
})

const example = {
  ticker: '005930',
  from: tradeDate('2026-02-09'),
  to: tradeDate('2026-02-10'),
}

function fixedSource(more: Partial<MarketDataSource> = {}): MarketDataSource {
  let open = true
  const answer = async <T>(value: T, signal?: AbortSignal): Promise<T> => {
    if (!open || signal?.aborted) throw new Error('refused')
    return value
  }
  const { ticker, from, to } = example
  return {
    listStocks: () => answer([listing(ticker)]),
    dailyBars: ({ signal }) =>
      answer(
        barRows([
          [ticker, from, 100, 110, 90, 105, 7],
          [ticker, to, 105, 105, 105, 105, 0],
        ]),
        signal,
      ),
    flows: () => answer(flowRows([[ticker, to, 1, 2]])),
    indexBars: () => answer(indexRows([['KOSPI', to, 2500]])),
    minuteBars: () => Promise.reject(new Error('not asked')),
    subscribe: () => ({ want: () => {}, active: () => [], close: async () => {} }),
    close: async () => {
      open = false
    },
    ...more,
  }
}

describe('the contract of market data sources', () => {
  const checks = testMarketDataSource(async () => fixedSource(), example)
  for (const { name, run } of checks) it(name, run)

  it('hears trades where the test can make some', async () => {
    const listeners = new Set<(tick: Tick) => void>()
    const trade = async (): Promise<void> => {
      for (const listener of listeners) listener({ ticker: '005930', at: 1, price: 5, volume: 1 })
    }
    const source = fixedSource({
      subscribe: (_, listener) => {
        listeners.add(listener)
        return {
          want: () => {},
          active: () => [],
          close: async () => void listeners.delete(listener),
        }
      },
    })
    const all = testMarketDataSource(async () => source, { ...example, trade })
    await all.at(-1)?.run()
    const deaf = testMarketDataSource(async () => fixedSource(), { ...example, trade })
    expect(await broken(deaf)).toEqual(['tells trades of the wanted stocks until closed'])
  })

  it('is broken by rows out of order, odd tickers and unsound prices', async () => {
    const { ticker, from, to } = example
    const source = (): MarketDataSource =>
      fixedSource({
        listStocks: async () => [listing('5930')],
        dailyBars: async () => barRows([[ticker, to, 100, 90, 95, 105, 7]]),
        flows: async () =>
          flowRows([
            [ticker, to, 1, 1],
            [ticker, from, 1, 1],
          ]),
        indexBars: async () => indexRows([]),
      })
    expect(await broken(testMarketDataSource(async () => source(), example))).toEqual([
      'lists stocks by ticker, each once',
      'gives daily bars of the range alone, oldest first',
      'gives flows of the range alone, oldest first',
      'gives an index, finished sessions only',
      'refuses a request that was given up',
      'refuses requests after it was closed',
    ])
  })
})
