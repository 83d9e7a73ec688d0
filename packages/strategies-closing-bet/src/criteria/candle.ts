import {
  above,
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatChange,
  formatExactPercent,
  formatPercent,
} from '@ralph-stock/core'
import type { ClosingBetOptions } from '../options.js'

/** A white candle whose body is tall enough and fills enough of the day's range, above yesterday. */
export function candle(options: ClosingBetOptions['candle']): Criterion {
  const { minimumBody, minimumBodyShare } = options
  const body = formatExactPercent(minimumBody)
  const share = formatExactPercent(minimumBodyShare)
  return criterion({
    id: 'candle',
    maxPoints: 1,
    label: { ko: '캔들', en: 'Candle' },
    rule: {
      ko: `양봉이고 전일 종가보다 높으며, 몸통이 시가의 ${body} 이상이고 고저폭의 ${share} 이상`,
      en: `Close above the open and above the close before, body at least ${body} of the open and ${share} of the range`,
    },
    inputs: {
      open: bars.open,
      high: bars.high,
      low: bars.low,
      close: bars.close,
      priorClose: bars.close.shift(1),
    },
    // All four are asked, so that nothing branches on the data.
    score: ({ open, high, low, close, priorClose }) =>
      Number(above(close, open)) &
      Number(above(close, priorClose)) &
      Number(atLeast((close - open) / open, minimumBody)) &
      Number(atLeast(close - open, minimumBodyShare * (high - low))),
    reason: ({ open, high, low, close, priorClose }) => {
      const rise = formatChange((close - open) / open)
      const range = high - low
      const filled = range === 0 ? '0%' : formatPercent(Math.abs(close - open) / range, 0)
      const day = formatChange(close / priorClose - 1)
      return {
        ko: `시가 대비 ${rise}(기준 ${body}), 몸통은 고저폭의 ${filled}(기준 ${share}), 전일 대비 ${day}`,
        en: `${rise} from the open (needs ${body}), body fills ${filled} of the range (needs ${share}), ${day} on the day`,
      }
    },
    claims: {
      priceScaleInvariant: true,
      monotone: { open: 'down', high: 'down', low: 'up', close: 'up', priorClose: 'down' },
    },
  })
}
