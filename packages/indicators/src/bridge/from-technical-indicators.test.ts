import {
  bars,
  type Column,
  createEvaluator,
  type Evaluator,
  evaluateColumn,
  type SourceData,
} from '@ralph-stock/core'
import * as technical from 'technicalindicators'
import { describe, expect, it } from 'vitest'
import { sma } from '../trend/sma/sma.js'
import { fromTechnicalIndicators, type TechnicalIndicator } from './index.js'

const n = 90
const close = Float64Array.from({ length: n }, (_, i) => 1_000 + 90 * Math.sin(i / 7) + (i % 5))
const columns: Readonly<Record<string, Float64Array>> = {
  'bars.open': close.map((value, i) => value + ((i % 3) - 1)),
  'bars.high': close.map((value, i) => value + 3 + (i % 4)),
  'bars.low': close.map((value, i) => value - 2 - (i % 3)),
  'bars.close': close,
  'bars.volume': Float64Array.from({ length: n }, (_, i) => 1_000 + ((i * 7919) % 997)),
}
const upTo = (length: number, from: typeof columns = columns): SourceData => ({
  length,
  column: (name) => from[name]?.subarray(0, length),
  magnitude: () => Number.POSITIVE_INFINITY,
})

type Case = {
  readonly inputs: readonly (keyof typeof bars | 'values' | 'lineA' | 'lineB')[]
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly output?: string
}
const ofCloses = (parameters: Case['parameters'] = { period: 9 }, output?: string): Case => ({
  inputs: ['values'],
  parameters,
  ...(output === undefined ? {} : { output }),
})
const ofRanges = (parameters: Case['parameters'] = { period: 9 }, output?: string): Case => ({
  inputs: ['high', 'low', 'close'],
  parameters,
  ...(output === undefined ? {} : { output }),
})

const CASES: Readonly<Record<string, Case>> = {
  SMA: ofCloses(),
  EMA: ofCloses(),
  WMA: ofCloses(),
  WEMA: ofCloses(),
  MACD: ofCloses(
    {
      fastPeriod: 5,
      slowPeriod: 9,
      signalPeriod: 4,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    },
    'signal',
  ),
  RSI: ofCloses(),
  BollingerBands: ofCloses({ period: 9, stdDev: 2 }, 'pb'),
  ROC: ofCloses(),
  KST: ofCloses(
    {
      ROCPer1: 3,
      ROCPer2: 4,
      ROCPer3: 5,
      ROCPer4: 6,
      SMAROCPer1: 3,
      SMAROCPer2: 3,
      SMAROCPer3: 3,
      SMAROCPer4: 4,
      signalPeriod: 3,
    },
    'kst',
  ),
  TRIX: ofCloses({ period: 5 }),
  StochasticRSI: ofCloses({ rsiPeriod: 7, stochasticPeriod: 7, kPeriod: 3, dPeriod: 3 }, 'k'),
  AverageGain: ofCloses(),
  AverageLoss: ofCloses(),
  SD: ofCloses(),
  Highest: ofCloses(),
  Lowest: ofCloses(),
  Sum: ofCloses(),
  CrossUp: { inputs: ['lineA', 'lineB'] },
  CrossDown: { inputs: ['lineA', 'lineB'] },
  ADX: ofRanges({ period: 9 }, 'adx'),
  ATR: ofRanges(),
  TrueRange: ofRanges({}),
  CCI: ofRanges(),
  WilliamsR: ofRanges(),
  Stochastic: ofRanges({ period: 9, signalPeriod: 3 }, 'k'),
  KeltnerChannels: ofRanges({ maPeriod: 9, atrPeriod: 9, useSMA: false, multiplier: 1 }, 'upper'),
  ChandelierExit: ofRanges({ period: 9, multiplier: 3 }, 'exitLong'),
  PSAR: { inputs: ['high', 'low'], parameters: { step: 0.02, max: 0.2 } },
  AwesomeOscillator: { inputs: ['high', 'low'], parameters: { fastPeriod: 3, slowPeriod: 9 } },
  IchimokuCloud: {
    inputs: ['high', 'low'],
    parameters: { conversionPeriod: 4, basePeriod: 9, spanPeriod: 18, displacement: 9 },
    output: 'conversion',
  },
  OBV: { inputs: ['close', 'volume'] },
  ForceIndex: { inputs: ['close', 'volume'], parameters: { period: 5 } },
  ADL: { inputs: ['high', 'low', 'close', 'volume'] },
  VWAP: { inputs: ['high', 'low', 'close', 'volume'] },
  MFI: { inputs: ['high', 'low', 'close', 'volume'], parameters: { period: 9 } },
}

const PACKAGE: Readonly<Record<string, unknown>> = { ...technical }

/** What else the package exports in capitals. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  VolumeProfile: 'one result per price zone, not per bar',
  HeikinAshi: 'gives bars as columns of arrays',
  AvailableIndicators: 'a list of names',
  FixedSizeLinkedList: 'a container',
  CandleData: 'a record',
  CandleList: 'a record',
}

function columnOf(name: string, { inputs, parameters, output }: Case): Column {
  const indicator = PACKAGE[name] as TechnicalIndicator
  const given: Record<string, Column> = {}
  for (const input of inputs) {
    given[input] =
      input === 'values' || input === 'lineA'
        ? bars.close
        : input === 'lineB'
          ? sma(bars.close, 5)
          : bars[input]
  }
  return fromTechnicalIndicators(
    indicator,
    given,
    parameters,
    output === undefined ? {} : { output },
  )
}

function resultOf(evaluator: Evaluator, column: Column): Float64Array {
  return evaluator.arrays[evaluator.plan.slotOf.get(column.key) as number] as Float64Array
}

describe('fromTechnicalIndicators', () => {
  it('is tried on every indicator of the package that gives a number a bar', () => {
    const classes = Object.keys(PACKAGE).filter(
      (name) => /^[A-Z]/.test(name) && !/(Input|Output)$/.test(name),
    )
    expect(classes.filter((name) => !(name in CASES) && !(name in LEFT_OUT))).toEqual([])
  })

  for (const [name, example] of Object.entries(CASES)) {
    describe(name, () => {
      const column = columnOf(name, example)

      it('gives each bar what the indicator says with no bar after it', () => {
        const full = evaluateColumn(column, upTo(n))
        expect(full.some((value) => !Number.isNaN(value))).toBe(true)
        expect(full.at(-1)).not.toBeNaN()
        for (const length of [40, 61, 75]) {
          const cut = evaluateColumn(column, upTo(length))
          expect(cut.at(-1)).not.toBeNaN()
          expect(cut).toEqual(full.slice(0, length))
        }
      })

      it('leaves leading missing values out, and begins anew after a gap', () => {
        const shifted = Object.fromEntries(
          Object.entries(columns).map(([key, values]) => [
            key,
            Float64Array.of(Number.NaN, Number.NaN, Number.NaN, ...values, Number.NaN, ...values),
          ]),
        )
        const values = evaluateColumn(column, upTo(2 * n + 4, shifted))
        const full = evaluateColumn(column, upTo(n))
        expect(values.slice(3, n + 3)).toEqual(full)
        expect(values.slice(n + 4)).toEqual(full)
        expect(values[n + 3]).toBeNaN()
        const evaluator = createEvaluator([column])
        evaluator.bind(upTo(2 * n + 4, shifted))
        evaluator.run(0, n + 10)
        evaluator.run(n + 10, 2 * n + 4)
        expect(resultOf(evaluator, column).slice(n + 4, 2 * n + 4)).toEqual(full)
      })

      it('goes on bar by bar', () => {
        const full = evaluateColumn(column, upTo(n))
        const evaluator = createEvaluator([column])
        evaluator.bind(upTo(n))
        evaluator.run(0, 70)
        evaluator.run(69, 70)
        for (let bar = 70; bar < n; bar++) evaluator.run(bar, bar + 1)
        expect(resultOf(evaluator, column).slice(0, n)).toEqual(full)
      })
    })
  }

  it('takes the classes and the functions of the package as they are', () => {
    const inputs = { values: bars.close }
    const fromClass = fromTechnicalIndicators(technical.SMA, inputs, { period: 5 })
    const fromFunction = fromTechnicalIndicators(technical.sma, inputs, { period: 5 })
    const ours = evaluateColumn(sma(bars.close, 5), upTo(n))
    for (const column of [fromClass, fromFunction]) {
      const theirs = evaluateColumn(column, upTo(n))
      expect(theirs.findIndex((value) => !Number.isNaN(value))).toBe(4)
      for (let i = 4; i < n; i++) expect(theirs[i]).toBeCloseTo(ours[i] as number, 8)
    }
  })

  it('takes a plain function, and a name and a warm-up for it', () => {
    const double = ({ values }: { values: number[] }): number[] => values.map((value) => 2 * value)
    const column = fromTechnicalIndicators(double, { values: bars.close }, {}, { warmUp: 3 })
    expect(column).toMatchObject({ lookback: Number.POSITIVE_INFINITY, warmUp: 3 })
    expect(column.key).toBe('technicalindicators.double(bars.close,values,{},)')
    expect(evaluateColumn(column, upTo(2))[1]).toBe(2 * (close[1] as number))
    const named = fromTechnicalIndicators(double, { values: bars.close }, {}, { name: 'twice' })
    expect(named.key).toContain('twice')
    const inputs = { values: bars.close }
    expect(() => fromTechnicalIndicators(() => [], inputs)).toThrow('without a name')
    expect(() => fromTechnicalIndicators(double, {})).toThrow('needs an input')
  })

  it('says what it cannot read as a number a bar', () => {
    const run = (results: (count: number) => unknown[], output?: string): Float64Array =>
      evaluateColumn(
        fromTechnicalIndicators(
          ({ values }: { values: number[] }) => results(values.length),
          { values: bars.close },
          {},
          { name: 'made-up', ...(output === undefined ? {} : { output }) },
        ),
        upTo(4),
      )
    expect(() => run(() => [{ a: 1, b: 2 }])).toThrow('gives a, b; name one')
    expect(() => run(() => ['text'])).toThrow('made-up gives string')
    expect(() => run(() => [{ a: 1 }], 'c')).toThrow('no output "c"; it has a')
    expect(() => run((count) => new Array(count + 1).fill(0))).toThrow('5 results for 4 bars')
    expect(run(() => [{ a: true }, { a: undefined }, { a: false }], 'a')).toEqual(
      Float64Array.of(Number.NaN, 1, Number.NaN, 0),
    )
    expect(run(() => [null, 7], 'a')).toEqual(
      Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 7),
    )
  })
})
