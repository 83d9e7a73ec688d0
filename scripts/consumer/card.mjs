import { createSeries, score } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'

const bars = Array.from({ length: 70 }, (_, i) => ({
  date: new Date(Date.UTC(2025, 9, 1 + i)).toISOString().slice(0, 10),
  open: 10_000 + 10 * i,
  high: 10_100 + 10 * i,
  low: 9_950 + 10 * i,
  close: 10_050 + 10 * i,
  volume: 5_000_000,
}))
const card = score(closingBet(), createSeries({ ticker: '005930', bars }))
if (card.maxScore !== 12 || card.criteria.length !== 6) throw new Error(JSON.stringify(card))
