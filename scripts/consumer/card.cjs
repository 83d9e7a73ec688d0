const { createSeries, score, isRalphError } = require('@ralph-stock/core')
const { closingBet } = require('@ralph-stock/strategies-closing-bet')

const bar = { open: 10_000, high: 10_100, low: 9_950, close: 10_050, volume: 5_000_000 }
const bars = ['2026-02-09', '2026-02-10'].map((date) => ({ date, ...bar }))
const card = score(closingBet(), createSeries({ ticker: '005930', bars }))
if (card.criteria.length !== 6) throw new Error(JSON.stringify(card))
try {
  closingBet({ nonsense: true })
  throw new Error('an unknown option was taken')
} catch (error) {
  if (!isRalphError(error)) throw error
}
