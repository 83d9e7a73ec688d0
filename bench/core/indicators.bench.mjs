// Indicator columns against the same ones of technicalindicators and trading-signals, on the same bars.
import { bars, createEvaluator } from '@ralph-stock/core'
import * as own from '@ralph-stock/indicators'
import technical from 'technicalindicators'
import * as signals from 'trading-signals'
import { randomMarket } from '../lib/random-market.mjs'
import { median, table } from '../lib/timing.mjs'

const BARS = 2500
const market = randomMarket({ stocks: 40, bars: BARS })
const all = market.members.map(({ series }) => series)
const { close, high, low, volume } = bars
const of = (series, name) => series.columns[`bars.${name}`]
const lists = new Map(
  all.map((series) => [
    series,
    Object.fromEntries(
      ['open', 'high', 'low', 'close', 'volume'].map((name) => [
        name,
        Array.from(of(series, name)),
      ]),
    ),
  ]),
)

const batch = (Class, more) => (series) => {
  const { close: values, high: h, low: l, close: c, volume: v } = lists.get(series)
  return Class.calculate({ values, high: h, low: l, close: c, volume: v, ...more })
}
const stream =
  (make, pick = (list, i) => list.close[i]) =>
  (series) => {
    const list = lists.get(series)
    const indicator = make()
    for (let i = 0; i < BARS; i++) {
      indicator.add(pick(list, i))
      if (indicator.isStable) indicator.getResult()
    }
  }
const candle = (list, i) => ({
  open: list.open[i],
  high: list.high[i],
  low: list.low[i],
  close: list.close[i],
  volume: list.volume[i],
})
const band = own.bollinger(close, 20, 2)
const rows = [
  [
    'sma 20',
    own.sma(close, 20),
    batch(technical.SMA, { period: 20 }),
    stream(() => new signals.SMA(20)),
  ],
  [
    'ema 20',
    own.ema(close, 20),
    batch(technical.EMA, { period: 20 }),
    stream(() => new signals.EMA(20)),
  ],
  [
    'wma 20',
    own.wma(close, 20),
    batch(technical.WMA, { period: 20 }),
    stream(() => new signals.WMA(20)),
  ],
  [
    'rsi 14',
    own.rsi(close, 14),
    batch(technical.RSI, { period: 14 }),
    stream(() => new signals.RSI(14)),
  ],
  [
    'macd line',
    own.macd(close).line,
    batch(technical.MACD, {
      fastPeriod: 12,
      slowPeriod: 26,
      signalPeriod: 9,
      SimpleMAOscillator: false,
      SimpleMASignal: false,
    }),
    null,
  ],
  [
    'atr 14',
    own.atr(high, low, close, 14),
    batch(technical.ATR, { period: 14 }),
    stream(() => new signals.ATR(14), candle),
  ],
  [
    'bollinger upper',
    band.upper,
    batch(technical.BollingerBands, { period: 20, stdDev: 2 }),
    stream(() => new signals.BollingerBands(20, 2)),
  ],
  ['highest 20', own.highest(close, 20), batch(technical.Highest, { period: 20 }), null],
  ['lowest 20', own.lowest(close, 20), batch(technical.Lowest, { period: 20 }), null],
  [
    'adx 14',
    own.adx(high, low, close, 14).adx,
    batch(technical.ADX, { period: 14 }),
    stream(() => new signals.ADX(14), candle),
  ],
  [
    'stochastic k',
    own.stochastic(high, low, close).k,
    batch(technical.Stochastic, { period: 14, signalPeriod: 3 }),
    null,
  ],
  [
    'obv',
    own.obv(close, volume),
    batch(technical.OBV, {}),
    stream(() => new signals.OBV(5), candle),
  ],
]

function nsPerBar(task, stocks) {
  const times = []
  for (let round = 0; round < 7; round++) {
    const started = process.hrtime.bigint()
    for (const series of stocks) task(series)
    times.push(Number(process.hrtime.bigint() - started) / (stocks.length * BARS))
  }
  return median(times.slice(2))
}

const data = (series) => ({
  length: series.length,
  column: (name) => series.columns[name],
  magnitude: (name) => series.magnitudes[name] ?? Infinity,
})
const few = all.slice(0, 6)
const faster = { technicalindicators: [], 'trading-signals': [] }
const printed = [['ns a bar', 'own', 'technicalindicators', 'x', 'trading-signals', 'x']]
for (const [name, column, peer, other] of rows) {
  // As the pipeline does it: one evaluator for all stocks, which computes into memory that it owns.
  const evaluator = createEvaluator([column])
  const mine = nsPerBar((series) => {
    evaluator.bind(data(series))
    evaluator.run(0, series.length)
  }, all)
  const cells = [name, mine.toFixed(1)]
  for (const [label, task] of [
    ['technicalindicators', peer],
    ['trading-signals', other],
  ]) {
    if (task === null) {
      cells.push('', '')
      continue
    }
    const theirs = nsPerBar(task, few)
    faster[label].push(theirs / mine)
    cells.push(theirs.toFixed(0), (theirs / mine).toFixed(0))
  }
  printed.push(cells)
}
table(printed)
table([
  ['median', 'x faster', 'goal'],
  ['technicalindicators', median(faster.technicalindicators).toFixed(0), '>= 40'],
  ['trading-signals', median(faster['trading-signals']).toFixed(0), '>= 8'],
])
