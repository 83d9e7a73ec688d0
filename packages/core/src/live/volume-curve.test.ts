import { describe, expect, it } from 'vitest'
import { epochMsOfKst, tradeDate } from '../krx/index.js'
import { LAST } from '../testing-market.js'
import { U_SHAPED_VOLUME, volumeShare } from './index.js'

const at = (date: string, time: string): number => epochMsOfKst(tradeDate(date), time)

describe('volumeShare', () => {
  it('goes straight between the points of its curve', () => {
    const share = volumeShare(U_SHAPED_VOLUME)
    const times = ['08:00', '09:00', '09:15', '10:30', '15:30', '18:00']
    expect(times.map((time) => share(at(LAST, time)))).toEqual(
      [0.02, 0.02, 0.11, 0.375, 1, 1].map((one) => expect.closeTo(one, 12)),
    )
    expect(volumeShare([{ time: '9', share: 0.5 }])(at(LAST, '08:00'))).toBe(0.5)
    expect(volumeShare([{ time: '', share: 0.5 }])(at(LAST, '08:00'))).toBe(1)
  })
})
