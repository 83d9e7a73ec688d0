import type { Column } from './column.js'
import { createEvaluator } from './evaluator.js'

/** The streaming twin of a column: fed one bar at a time, it gives the value of that bar. */
export interface ColumnStream {
  /** Adds a bar, by source name (`{ 'bars.close': 71200 }`), and gives its value; NaN while missing. */
  push(bar: Readonly<Record<string, number>>): number
  /** Changes the last bar in place, as a tick does, and gives its value. */
  replace(bar: Readonly<Record<string, number>>): number
  /** Bars fed so far. */
  readonly length: number
}

/**
 * Runs a column over bars as they come. The numbers are those of the whole column, bit for bit: the
 * same kernel computes both. Memory: bounded by the column's lookback; grows only for recursive ones.
 *
 * @example const stream = columnStream(rsi(bars.close, 14)); stream.push({ 'bars.close': 71200 })
 */
export function columnStream(column: Column): ColumnStream {
  const evaluator = createEvaluator([column])
  const slot = evaluator.plan.slotOf.get(column.key) as number
  const names = evaluator.plan.sources.map((source) => source.name)
  const keep = Number.isFinite(column.lookback) ? column.lookback : Number.POSITIVE_INFINITY
  let buffers = names.map(() => new Float64Array(Math.min(keep, 32) * 2))
  let held = 0
  let length = 0
  let bound = false

  const makeRoom = (): void => {
    const capacity = buffers[0]?.length ?? Number.POSITIVE_INFINITY
    if (held < capacity) return
    bound = false
    if (held >= keep * 2) {
      for (const buffer of buffers) buffer.copyWithin(0, held - keep + 1, held)
      held = keep - 1
      return
    }
    buffers = buffers.map((buffer) => {
      const larger = new Float64Array(capacity * 2)
      larger.set(buffer)
      return larger
    })
  }
  const write = (bar: Readonly<Record<string, number>>): number => {
    names.forEach((name, k) => {
      const buffer = buffers[k] as Float64Array
      buffer[held - 1] = bar[name] ?? Number.NaN
    })
    if (!bound) {
      const capacity = buffers[0]?.length ?? held
      evaluator.bind({
        length: capacity,
        column: (name) => buffers[names.indexOf(name)],
        // What will still be fed is not known, so nothing is promised to be whole.
        magnitude: () => Number.POSITIVE_INFINITY,
      })
      bound = true
    }
    evaluator.run(held - 1, held)
    return (evaluator.arrays[slot] as Float64Array)[held - 1] as number
  }
  return {
    get length() {
      return length
    },
    push(bar) {
      makeRoom()
      held++
      length++
      return write(bar)
    },
    replace(bar) {
      return length === 0 ? this.push(bar) : write(bar)
    },
  }
}
