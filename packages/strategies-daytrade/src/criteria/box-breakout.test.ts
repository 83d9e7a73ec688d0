import { createSeries, score } from '@ralph-stock/core'
import { describe, expect, it } from 'vitest'
import { equalBars, seriesInput } from '../../../../tests/support/made-bars.js'
import { daytradeOptions } from '../options.js'
import { daytrade } from '../strategy.js'
import { boxBreakout } from './box-breakout.js'

const defaults = daytradeOptions.parse({}).boxBreakout
const points = (close: number, floor: number, ceiling: number): number =>
  boxBreakout(defaults).score({ close, floor, ceiling })

describe('box-breakout', () => {
  it('gives full points above a box of exactly 25 %', () => {
    expect(points(12_501, 10_000, 12_500)).toBe(15)
    expect(points(12_500, 10_000, 12_500)).toBe(8)
  })

  it('gives half above a higher box', () => {
    expect(points(12_600, 10_000, 12_501)).toBe(8)
  })

  it('gives half from exactly the middle of the box up', () => {
    expect(points(10_500, 10_000, 11_000)).toBe(8)
    expect(points(10_499, 10_000, 11_000)).toBe(0)
  })

  it('is unknown with fewer than 21 bars', () => {
    const line = score(daytrade(), createSeries(seriesInput(equalBars(20)))).criteria[2]
    expect(line).toMatchObject({ id: 'box-breakout', outcome: 'unknown' })
  })

  it('says the box and the close', () => {
    const inputs = { close: 7_060, floor: 3_715, ceiling: 5_890 }
    expect(boxBreakout(defaults).reason?.(inputs, 8)).toEqual({
      ko: '박스 3,715원~5,890원(높이 58.5%, 기준 25%), 종가 7,060원',
      en: 'Box from KRW 3,715 to KRW 5,890 (height 58.5%, at most 25%), close KRW 7,060',
    })
  })

  it('follows its options', () => {
    const other = boxBreakout({ boxPeriod: 10, maximumHeight: 0.1, halfLevel: 0.8 })
    expect(other.score({ close: 11_500, floor: 10_000, ceiling: 11_400 })).toBe(8)
    expect(other.score({ close: 10_790, floor: 10_000, ceiling: 11_000 })).toBe(0)
  })
})
