import { describe, expect, it } from 'vitest'
import {
  bars,
  type Column,
  difference,
  evaluateColumn,
  kernelColumn,
  kernelColumns,
} from '../columns/index.js'
import { epochMsOfKst, tradeDate } from '../krx/index.js'
import { sourceData } from '../scoring/source-data.js'
import { madeMarket, rising } from '../testing-market.js'
import { rollBar, writeTick } from './live-bar.js'
import { createLiveEvaluator } from './live-evaluator.js'
import { type LiveStock, liveStocks, seriesOf } from './live-stock.js'

/** The sum of three bars; tells how many bars it was computed for. */
function counted(input: Column): { readonly column: Column; readonly bars: () => number } {
  let count = 0
  const column = kernelColumn({
    name: 'counted',
    inputs: [input],
    reach: 3,
    kernel: (out, from, to, [values]) => {
      const x = values as Float64Array
      for (let i = from; i < to; i++) {
        out[i] = (x[i] as number) + (x[i - 1] as number) + (x[i - 2] as number)
        count++
      }
    },
  })
  return { column, bars: () => count }
}

const AT = epochMsOfKst(tradeDate('2026-02-11'), '09:00')
const closes = rising(12)
const market = () => madeMarket({ '000100': closes, '000200': rising(12, 500) })

function session(stock: LiveStock, day: number, price: number): void {
  rollBar(stock, day, day)
  writeTick(stock, { ticker: '000100', at: AT, price, volume: 1 }, null)
}

describe('a live evaluator', () => {
  it('computes what leaves today out once a session', () => {
    const { column, bars: computed } = counted(bars.close)
    const evaluator = createLiveEvaluator([column.shift(1)], 2)
    const [stock] = liveStocks(market(), 8, ['bars.close']) as [LiveStock]
    session(stock, 30_000, 990)
    evaluator.run(0, stock)
    const once = computed()
    expect(once).toBeGreaterThan(0)
    evaluator.run(0, stock)
    expect(computed()).toBe(once)
    session(stock, 30_001, 991)
    evaluator.run(0, stock)
    expect(computed()).toBe(2 * once)
  })

  it('keeps the numbers of each stock apart, and has those of the whole column', () => {
    const { column: sum } = counted(bars.close)
    const older = sum.shift(2)
    const root = difference(counted(difference(sum, older)).column, older.shift(1))
    const evaluator = createLiveEvaluator([root], 2)
    const slot = evaluator.plan.slotOf.get(root.key) as number
    const stocks = liveStocks(market(), root.lookback, ['bars.close'])
    for (const [day, price] of [990, 1010, 1000].entries()) {
      stocks.forEach((stock, position) => {
        session(stock, 30_000 + day, price + position)
      })
      for (const more of [0, 3, -4]) {
        stocks.forEach((stock, position) => {
          const tick = { ticker: '', at: AT, price: price + position + more, volume: 2 }
          writeTick(stock, tick, null)
          evaluator.run(position, stock)
          const bar = stock.length - 1
          const expected = evaluateColumn(root, sourceData(seriesOf(stock), null))[bar]
          expect((evaluator.arrays[slot] as Float64Array)[bar]).toBe(expected)
          expect(expected).not.toBeNaN()
        })
      }
    }
  })

  it('keeps every output of a kernel that has several, as far back as it is read', () => {
    const { sum, last } = kernelColumns(
      {
        name: 'pair',
        inputs: [bars.close],
        reach: 2,
        kernel: (out, from, to, [values], outs) => {
          const x = values as Float64Array
          const second = outs[1] as Float64Array
          for (let i = from; i < to; i++) {
            out[i] = (x[i] as number) + (x[i - 1] as number)
            second[i] = x[i] as number
          }
        },
      },
      { sum: 1, last: 0 },
    )
    const root = difference(counted(last).column, sum.shift(3))
    const evaluator = createLiveEvaluator([root], 1)
    const slot = evaluator.plan.slotOf.get(root.key) as number
    const [stock] = liveStocks(market(), root.lookback, ['bars.close']) as [LiveStock]
    for (const [day, price] of [990, 1010, 1000].entries()) {
      session(stock, 30_000 + day, price)
      for (const more of [0, 3, -4]) {
        writeTick(stock, { ticker: '', at: AT, price: price + more, volume: 2 }, null)
        evaluator.run(0, stock)
        const bar = stock.length - 1
        const expected = evaluateColumn(root, sourceData(seriesOf(stock), null))[bar]
        expect((evaluator.arrays[slot] as Float64Array)[bar]).toBe(expected)
        expect(expected).not.toBeNaN()
      }
    }
  })

  it('gives missing while there are too few bars', () => {
    const root = counted(bars.close).column.shift(1)
    const evaluator = createLiveEvaluator([root], 1)
    const few = madeMarket({ '000100': [100, 110] })
    const [stock] = liveStocks(few, root.lookback, ['bars.close']) as [LiveStock]
    for (let time = 0; time < 2; time++) {
      evaluator.run(0, stock)
      expect(
        (evaluator.arrays[evaluator.plan.slotOf.get(root.key) as number] as Float64Array)[1],
      ).toBeNaN()
    }
  })
})
