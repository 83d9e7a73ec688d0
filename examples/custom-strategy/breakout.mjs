import { above, bars, criterion, defineStrategy } from '@ralph-stock/core'
import { highest, sma } from '@ralph-stock/indicators'

/** A close above the highest price of the 20 bars before, in a rising stock. */
export const breakout = defineStrategy({
  id: 'breakout',
  version: '1.0.0',
  maxScore: 30,
  lookback: 60,
  criteria: [
    criterion({
      id: 'breakout.high20',
      maxPoints: 20,
      label: { ko: '20일 신고가', en: '20-day high' },
      // The window ends the bar before: a bar cannot break a high that it made itself.
      inputs: { close: bars.close, priorHigh: highest(bars.high, 20).shift(1) },
      score: ({ close, priorHigh }) => {
        if (above(close, priorHigh)) return 20
        return above(close, priorHigh * 0.99) ? 10 : 0
      },
      reason: ({ close, priorHigh }) => ({
        ko: `종가 ${close}, 직전 20일 고가 ${priorHigh}`,
        en: `close ${close}, high of the 20 bars before ${priorHigh}`,
      }),
    }),
    criterion({
      id: 'breakout.trend',
      maxPoints: 10,
      label: { ko: '60일선 위', en: 'Above the 60-day average' },
      inputs: { close: bars.close, average: sma(bars.close, 60) },
      score: ({ close, average }) => (above(close, average) ? 10 : 0),
    }),
  ],
  grades: { S: 30, A: 20, B: 10 },
  screen: { minimumGrade: 'S' },
})
