import {
  bars,
  createSeries,
  criterion,
  defineStrategy,
  type ScoreCard,
  score,
} from '@ralph-stock/core'
import { highest, sma } from '@ralph-stock/indicators'
import { closingBet } from '@ralph-stock/strategies-closing-bet'

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
      inputs: { close: bars.close, priorHigh: highest(bars.high, 20).shift(1) },
      score: ({ close, priorHigh }) => (close > priorHigh ? 20 : close > priorHigh * 0.99 ? 10 : 0),
    }),
    criterion({
      id: 'breakout.trend',
      maxPoints: 10,
      label: { ko: '60일선 위', en: 'Above the 60-day average' },
      inputs: { close: bars.close, average: sma(bars.close, 60) },
      // @ts-expect-error: an input that was not declared does not exist
      score: ({ close, average, volume }) => (close > average + volume * 0 ? 10 : 0),
    }),
  ],
  grades: { S: 30, A: 20, B: 10 },
})

const series = createSeries({ ticker: '005930', bars: [] })
export const card: ScoreCard = score(closingBet(), series)
export const points: number | null | undefined = card.criteria[0]?.points
