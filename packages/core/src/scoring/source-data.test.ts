import { describe, expect, it } from 'vitest'
import { createSeries, type Series } from '../bars/index.js'
import { createMarket, unlistedStock } from '../universe/index.js'
import { sourceData } from './source-data.js'

const seriesOf = (dates: readonly string[], halts: readonly string[] = []): Series =>
  createSeries({
    ticker: '005930',
    bars: [...dates, ...halts].sort().map((date) => {
      const volume = halts.includes(date) ? 0 : 1000
      return { date, open: 100, high: 100, low: 100, close: 100, volume }
    }),
  })
/** Sessions from one bar to the next. */
const stepsOf = (values: Float64Array | undefined): number[] =>
  Array.from(values ?? []).map((value, k, all) => value - (all[k - 1] ?? value))

describe('sourceData', () => {
  it('counts the sessions that a series alone missed, by the table of the exchange', () => {
    // 2026-02-16 to 18 are the holidays of Seollal; on the 13th and the 19th there is no row.
    const alone = seriesOf(['2026-02-11', '2026-02-12', '2026-02-20'])
    const ordinals = sourceData(alone, null).column('sessions.ordinal')
    expect(stepsOf(ordinals)).toEqual([0, 1, 3])
  })

  it('counts the days of the series itself, halts too, where they are none of the table', () => {
    const alone = seriesOf(['2026-02-13', '2026-02-14', '2026-02-17'], ['2026-02-15', '2026-02-16'])
    expect(stepsOf(sourceData(alone, null).column('sessions.ordinal'))).toEqual([0, 1, 3])
    const early = seriesOf(['1990-01-03', '1990-01-09'], ['1990-01-04'])
    expect(stepsOf(sourceData(early, null).column('sessions.ordinal'))).toEqual([0, 2])
  })

  it('counts the sessions of the market where there is one', () => {
    const stock = { ...unlistedStock('005930'), market: 'KOSPI' }
    const market = createMarket({
      stocks: [{ stock, series: seriesOf(['2026-02-11', '2026-02-20']) }],
      indexes: { KOSPI: seriesOf(['2026-02-11', '2026-02-12', '2026-02-20']) },
    })
    const series = market.member('005930')?.series as Series
    expect(stepsOf(sourceData(series, market).column('sessions.ordinal'))).toEqual([0, 2])
  })

  it('aligns an index to the dates of the series', () => {
    const series = seriesOf(['2026-02-11', '2026-02-13'])
    const market = createMarket({
      stocks: [],
      indexes: { KOSPI: seriesOf(['2026-02-11', '2026-02-12']) },
    })
    const values = sourceData(series, market).column('index.KOSPI.close')
    expect(Array.from(values ?? [])).toEqual([100, Number.NaN])
    expect(sourceData(series, market).column('index.KOSDAQ.close')).toBeUndefined()
    expect(sourceData(series, market).column('index.KOSPI.height')).toBeUndefined()
    expect(sourceData(series, null).column('index.KOSPI.close')).toBeUndefined()
    expect(sourceData(series, market).column('own.data')).toBeUndefined()
  })

  it('knows how large whole columns are, and nothing of the others', () => {
    const data = sourceData(seriesOf(['2026-02-11']), null)
    expect(data.magnitude('bars.volume')).toBe(1000)
    expect(data.magnitude('flows.foreign')).toBe(Number.POSITIVE_INFINITY)
  })
})
