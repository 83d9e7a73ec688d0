import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bars,
  type Column,
  columnStream,
  createEvaluator,
  difference,
  evaluateColumn,
  kernelColumns,
  planEvaluation,
  type SourceData,
  total,
  windowed,
} from './index.js'

function closes(list: readonly number[]): SourceData {
  const close = Float64Array.from(list)
  return {
    length: list.length,
    column: (name) => (name === 'bars.close' ? close : undefined),
    magnitude: () => Number.POSITIVE_INFINITY,
  }
}

/** The sum and the latest of three bars, and how often the kernel ran. */
function window(): Readonly<Record<'sum' | 'latest', Column>> & { readonly runs: () => number } {
  let runs = 0
  const columns = kernelColumns(
    {
      name: 'window',
      parameters: [3],
      inputs: [bars.close],
      reach: 3,
      kernel: (out, from, to, [values], outs) => {
        runs++
        const x = values as Float64Array
        const latest = outs[1] as Float64Array
        for (let i = from; i < to; i++) {
          out[i] = (x[i] as number) + (x[i - 1] as number) + (x[i - 2] as number)
          latest[i] = x[i] as number
        }
      },
    },
    { sum: 2, latest: 0 },
  )
  return { ...columns, runs: () => runs }
}

/** The running sum, which remembers how many bars it is of. */
function running(): Readonly<Record<'mean' | 'sum', Column>> {
  return kernelColumns(
    {
      name: 'running',
      inputs: [bars.close],
      reach: Number.POSITIVE_INFINITY,
      kernel: (out, from, to, [values], outs) => {
        const sum = outs[1] as Float64Array
        for (let i = from; i < to; i++) {
          sum[i] = (i === 0 ? 0 : (sum[i - 1] as number)) + ((values as Float64Array)[i] as number)
          out[i] = (sum[i] as number) / (i + 1)
        }
      },
    },
    { mean: 0, sum: 0 },
  )
}

describe('kernelColumns', () => {
  it('names each output, with a warm-up of its own', () => {
    const { sum, latest } = window()
    expect([sum.key, latest.key]).toEqual([
      'window.sum(bars.close,3)',
      'window.latest(bars.close,3)',
    ])
    expect([sum.lookback, latest.lookback]).toEqual([3, 3])
    expect([sum.warmUp, latest.warmUp]).toEqual([2, 0])
  })

  it('runs once for all outputs, whoever asked for which', () => {
    const { sum, latest, runs } = window()
    const data = closes([1, 2, 4, 8])
    expect([...evaluateColumn(latest, data)]).toEqual([1, 2, 4, 8])
    expect(runs()).toBe(1)
    expect([...evaluateColumn(total(sum, latest), data)].slice(2)).toEqual([11, 22])
    expect(runs()).toBe(2)
  })

  it('shares outputs of equal keys that were declared apart', () => {
    const plan = planEvaluation([window().sum, total(window().latest, window().sum)])
    expect(plan.steps.filter(({ outputs }) => outputs.length === 2)).toHaveLength(1)
    expect(plan.columns).toHaveLength(4)
  })

  it('is computed as far back as any of its outputs is read', () => {
    const { sum, latest } = window()
    const root = difference(total(sum, latest.shift(4)), sum.shift(2))
    const list = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 8, maxLength: 40 })
    fc.assert(
      fc.property(list, fc.nat(), (values, choice) => {
        const bar = 7 + (choice % (values.length - 7))
        const evaluator = createEvaluator([root])
        evaluator.bind(closes(values))
        evaluator.run(bar, bar + 1)
        const slot = evaluator.plan.slotOf.get(root.key) as number
        expect(evaluator.arrays[slot]?.[bar]).toBe(evaluateColumn(root, closes(values))[bar])
      }),
    )
  })

  it('goes on from what it remembers, in ranges, streams and windows', () => {
    const { mean } = running()
    const values = [3, 5, 10, 2, 4]
    const whole = evaluateColumn(mean, closes(values))
    expect([...whole]).toEqual([3, 4, 6, 5, 4.8])
    const evaluator = createEvaluator([mean.shift(1)])
    evaluator.bind(closes(values))
    for (const bar of [1, 2, 2, 4]) evaluator.run(bar, bar + 1)
    const slot = evaluator.plan.slotOf.get(mean.shift(1).key) as number
    expect(evaluator.arrays[slot]?.[4]).toBe(5)
    const stream = columnStream(mean)
    const streamed = values.map((close) => {
      stream.push({ 'bars.close': 99 })
      return stream.replace({ 'bars.close': close })
    })
    expect(streamed).toEqual([...whole])
    expect(evaluateColumn(windowed(mean, 2), closes(values))[4]).toBe(3)
  })
})

describe('an array that is taken', () => {
  it('is no longer written', () => {
    const { sum, latest } = window()
    const evaluator = createEvaluator([sum])
    const slot = evaluator.plan.slotOf.get(latest.key) as number
    const list = Array.from({ length: 70 }, (_, i) => i)
    evaluator.bind(closes(list))
    evaluator.run(0, 70)
    const taken = evaluator.take(slot, 70)
    const again = evaluator.take(slot, 70)
    evaluator.bind(closes(list.map((value) => -value)))
    evaluator.run(0, 70)
    expect([...taken]).toEqual(list)
    expect([...again]).toEqual(list)
    expect(evaluator.arrays[slot]?.[69]).toBe(-69)
  })

  it('is a copy where it is a source or longer than asked for', () => {
    const data = closes([1, 2, 3])
    const evaluator = createEvaluator([window().latest])
    const { slotOf } = evaluator.plan
    evaluator.bind(data)
    evaluator.run(0, 3)
    const source = evaluator.take(slotOf.get('bars.close') as number, 3)
    expect([...source]).toEqual([1, 2, 3])
    expect(source).not.toBe(data.column('bars.close'))
    const output = evaluator.take(slotOf.get('window.latest(bars.close,3)') as number, 3)
    expect(output.buffer.byteLength).toBe(24)
  })
})
