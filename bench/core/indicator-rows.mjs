// The indicators that a peer has too: the column, the call over arrays, and the peers' own way to the
// same numbers. Everybody reads arrays made beforehand, in the form that they take: Float64Array here,
// number[] and candles for the peers. Everybody gives a fresh result.
import { bars } from '@ralph-stock/core'
import * as own from '@ralph-stock/indicators'
import technical from 'technicalindicators'
import * as signals from 'trading-signals'

const { close, high, low, volume } = bars

/** The forms of one stock's bars that the contenders read. */
export function formsOf(series) {
  const x = Object.fromEntries(
    ['open', 'high', 'low', 'close', 'volume'].map((name) => [
      name,
      series.columns[`bars.${name}`],
    ]),
  )
  const lists = Object.fromEntries(
    Object.entries(x).map(([name, values]) => [name, Array.from(values)]),
  )
  const candles = lists.close.map((_, i) =>
    Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list[i]])),
  )
  return { series, x, lists, candles }
}

const batch =
  (Class, more = {}) =>
  ({ lists }) =>
    Class.calculate({ ...lists, values: lists.close, ...more })

const stream =
  (make, read = ({ lists }) => lists.close) =>
  (forms) => {
    const indicator = make()
    const input = read(forms)
    const out = new Array(input.length)
    for (let i = 0; i < input.length; i++) out[i] = indicator.add(input[i])
    return out
  }

const candles = (forms) => forms.candles
const macd = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9 }
const exponential = { SimpleMAOscillator: false, SimpleMASignal: false }

/** By name: `column`, `call` on arrays, and what the peers run; null where they have none. */
export const INDICATORS = {
  'sma 20': {
    column: own.sma(close, 20),
    call: ({ x }) => own.sma(x.close, 20),
    technicalindicators: batch(technical.SMA, { period: 20 }),
    'trading-signals': stream(() => new signals.SMA(20)),
  },
  'ema 20': {
    column: own.ema(close, 20),
    call: ({ x }) => own.ema(x.close, 20),
    technicalindicators: batch(technical.EMA, { period: 20 }),
    'trading-signals': stream(() => new signals.EMA(20)),
  },
  'wma 20': {
    column: own.wma(close, 20),
    call: ({ x }) => own.wma(x.close, 20),
    technicalindicators: batch(technical.WMA, { period: 20 }),
    'trading-signals': stream(() => new signals.WMA(20)),
  },
  'rsi 14': {
    column: own.rsi(close, 14),
    call: ({ x }) => own.rsi(x.close, 14),
    technicalindicators: batch(technical.RSI, { period: 14 }),
    'trading-signals': stream(() => new signals.RSI(14)),
  },
  macd: {
    column: own.macd(close),
    call: ({ x }) => own.macd(x.close),
    technicalindicators: batch(technical.MACD, { ...macd, ...exponential }),
    'trading-signals': stream(
      () => new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)),
    ),
  },
  'atr 14': {
    column: own.atr(high, low, close, 14),
    call: ({ x }) => own.atr(x.high, x.low, x.close, 14),
    technicalindicators: batch(technical.ATR, { period: 14 }),
    'trading-signals': stream(() => new signals.ATR(14), candles),
  },
  'bollinger 20': {
    column: bands(own.bollinger(close, 20, 2)),
    call: ({ x }) => own.bollinger(x.close, 20, 2),
    technicalindicators: batch(technical.BollingerBands, { period: 20, stdDev: 2 }),
    'trading-signals': stream(() => new signals.BollingerBands(20, 2)),
  },
  'highest 20': {
    column: own.highest(close, 20),
    call: ({ x }) => own.highest(x.close, 20),
    technicalindicators: batch(technical.Highest, { period: 20 }),
    'trading-signals': null,
  },
  'lowest 20': {
    column: own.lowest(close, 20),
    call: ({ x }) => own.lowest(x.close, 20),
    technicalindicators: batch(technical.Lowest, { period: 20 }),
    'trading-signals': null,
  },
  'adx 14': {
    column: own.adx(high, low, close, 14),
    call: ({ x }) => own.adx(x.high, x.low, x.close, 14),
    technicalindicators: batch(technical.ADX, { period: 14 }),
    'trading-signals': stream(() => new signals.ADX(14), candles),
  },
  'stochastic 14': {
    column: own.stochastic(high, low, close),
    call: ({ x }) => own.stochastic(x.high, x.low, x.close),
    technicalindicators: batch(technical.Stochastic, { period: 14, signalPeriod: 3 }),
    'trading-signals': stream(
      () => new signals.StochasticOscillator({ kPeriod: 14, kSlowingPeriod: 1, dPeriod: 3 }),
      candles,
    ),
  },
  obv: {
    column: own.obv(close, volume),
    call: ({ x }) => own.obv(x.close, x.volume),
    technicalindicators: batch(technical.OBV),
    'trading-signals': stream(() => new signals.OBV(5), candles),
  },
}

/** The three lines that the peers give too. */
function bands({ upper, middle, lower }) {
  return { upper, middle, lower }
}
