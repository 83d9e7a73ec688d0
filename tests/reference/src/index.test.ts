import { describe, expect, it } from 'vitest'
import { gradeOf } from './card.js'
import { bar, day, stockOf } from './fixtures.js'
import { dataFromRows, type RawBar, type ReferenceData, referenceScan } from './index.js'

const DATE = day(29)

/**
 * Thirty days of a flat 1,000-won stock; on the last day the close given and ten times the
 * volume. One more day follows that no scan of the date may read.
 */
const dataWith = (lastClose: number): ReferenceData => {
  const bars: RawBar[] = Array.from({ length: 29 }, (_, i) => ({
    ticker: '000010',
    ...bar(i, 1000, { volume: 2_000_000 }),
  }))
  bars.push({ ticker: '000010', ...bar(29, lastClose, { open: 1000, volume: 20_000_000 }) })
  bars.push({ ticker: '000010', ...bar(30, 1, { volume: 1 }) })
  const flow = {
    ticker: '000010',
    date: DATE,
    foreignValue: 9e9,
    institutionValue: 2e9,
    foreignShares: null,
    institutionShares: null,
  }
  const stocks = [stockOf('000010'), stockOf('000015')]
  return dataFromRows({ stocks, bars, flows: [flow], index: [] })
}

describe('referenceScan', () => {
  it('scores, grades, screens and plans the eligible', () => {
    const scan = referenceScan(dataWith(1100), DATE, 'daytrade')
    expect(scan.eligible).toEqual(['000010'])
    expect(scan.excluded.preferred).toEqual(['000015'])
    // Spike 15, breakout 15, box (0 wide) 15, over the mean 15, buying 15, no fall 0, sector
    // unknown: 75 of 105, 90 known.
    const card = scan.cards.get('000010')
    expect(card).toMatchObject({ score: 75, grade: 'A', screened: true, locked: false })
    expect(card?.coverage).toBe(90 / 105)
    expect(card?.criteria['sector-momentum']).toEqual({ points: null, maxPoints: 15 })
    // Target 1,155; stop 1,067; 1,200,000 / 1,100 = 1,090.9.
    expect(card?.plan).toEqual({ entry: 1100, target: 1155, stop: 1067, quantity: 1090 })
  })

  it('scores a stock locked at its limit without screening it', () => {
    const card = referenceScan(dataWith(1300), DATE, 'daytrade').cards.get('000010')
    expect(card).toMatchObject({ score: 75, grade: 'A', screened: false, locked: true })
  })

  it('halves the two vcp groups', () => {
    const card = referenceScan(dataWith(1100), DATE, 'vcp').cards.get('000010')
    // 30 bars: contraction unknown, dry-up 0, volatility unknown (flat base), RSI 100 0,
    // position outside 0; one day of flows: unknown.
    expect(card).toMatchObject({ score: 0, grade: 'C', screened: false })
    expect(card?.coverage).toBe(50 / 200)
    expect(card?.subScores).toEqual({ vcp: 0, smartMoney: 0 })
    expect(card?.plan).toMatchObject({ target: 1155, stop: 1045 })
  })

  it('reads articles when there is a source', () => {
    const data = dataWith(1100)
    const silent = referenceScan(data, DATE, 'closing-bet', { articles: new Map() })
    expect(silent.cards.get('000010')?.criteria.news?.points).toBe(0)
    const none = referenceScan(data, DATE, 'closing-bet').cards.get('000010')
    expect(none?.criteria.news?.points).toBeNull()
    // Volume 1 (22e9 is twice the mean), candle 1, flow 2; the low ties: t itself opened at it.
    expect(none).toMatchObject({ score: 4, grade: 'C', plan: { target: 1265, stop: 1045 } })
  })

  it('gives the market one card', () => {
    const scan = referenceScan(dataWith(1100), DATE, 'market-gate')
    expect([...scan.cards.keys()]).toEqual(['MARKET'])
    expect(scan.cards.get('MARKET')).toMatchObject({ grade: 'UNKNOWN', coverage: 0, plan: null })
  })

  it('gives the trend template no plan', () => {
    const card = referenceScan(dataWith(1100), DATE, 'trend-template').cards.get('000010')
    expect(card?.plan).toBeNull()
    expect(card?.grade).toBe('C')
  })
})

describe('gradeOf', () => {
  it('starts a grade at its bound', () => {
    const bounds = { S: 11, A: 9, B: 7 }
    expect([12, 11, 10, 9, 8, 7, 6].map((score) => gradeOf(score, bounds))).toEqual([
      'S',
      'S',
      'A',
      'A',
      'B',
      'B',
      'C',
    ])
  })
})
