import { describe, expect, it } from 'vitest'
import { sharedData } from '../../../../tests/support/requirements.js'
import { writeFiles } from '../../test/market-files.js'
import { readFolder } from './read-folder.js'

const STOCKS =
  '\ufeffticker,name,market,sector,listed_shares,market_cap,listing_date,department\r\n' +
  '000010,가,KOSPI,"제조업, 기타",100,1000,2000-01-01,\r\n' +
  '000020,나,KOSDAQ,,,,,"관리종목(소속부없음)"\r\n' +
  '000020,나,KOSDAQ,,,,,"관리종목(소속부없음)"\r\n'

const BARS = [
  'ticker,date,open,high,low,close,volume',
  '000010,2026-02-09,100,110,90,100,10',
  '000010,2026-02-10,100,120,90,121,10',
  '000010,2026-02-11,0,0,0,121,0',
  '000010,2026-02-12,121,121,121,121,0',
  '000010,2026-02-13,121,200,121,190,10',
  '000020,2026-02-09,100,90,100,100,10',
  '000020,2026-02-09,100,90,100,100,10',
  '000020,2026-02-10,50,50,50,50,1',
  '000020,2026-02-12,50,50,50,50,1',
  '900000,2026-02-12,50,50,50,50,1',
  '000020,2026-02-14,50,50,50,50,1',
].join('\n')

describe('readFolder', () => {
  it('reports what it repaired, dropped, refused and flagged', async () => {
    const folder = writeFiles({ 'stocks.csv': STOCKS, 'bars.csv': BARS })
    const { batch, report } = await readFolder(folder, { knownAt: 1 })
    expect(batch.stocks).toHaveLength(2)
    expect(batch.stocks[0]).toMatchObject({ sector: '제조업, 기타', department: null })
    expect(report.stocks).toMatchObject({ blankSectors: 1, refused: { duplicate: 1 } })
    expect(report.bars).toMatchObject({
      read: 11,
      kept: 8,
      halts: { openZero: 1, flat: 1 },
      refused: { unknownTicker: 1, duplicate: 1, inconsistent: 1 },
      unknownTickers: ['900000'],
      complete: false,
    })
    expect(report.bars.repaired).toEqual([
      { ticker: '000010', date: '2026-02-10', line: 3, found: '100 120 90 121' },
    ])
    expect(report.bars.beyondLimit.map(({ date, found }) => `${date} ${found}`)).toEqual([
      '2026-02-13 +57.0%',
    ])
    // Of the repeated row the first is kept, and then found wrong.
    expect(report.bars.inconsistent.map(({ line }) => line)).toEqual([7])
    expect(report.missingSessions).toEqual([
      { of: 'KOSDAQ', date: '2026-02-11' },
      { of: 'KOSDAQ', date: '2026-02-13' },
    ])
    expect(report.offCalendar).toEqual(['2026-02-14'])
    expect(report).toMatchObject({ listDate: '2026-02-14', listDateGiven: false })
    expect([...(batch.bars?.high ?? [])].slice(0, 2)).toEqual([110, 121])
    expect(report.flows).toBeNull()
  })

  const krx = sharedData('krx')
  it.skipIf(krx === null)('finds in the real files what is known of them', async () => {
    const { batch, report } = await readFolder(krx ?? '', { knownAt: 1 })
    expect(report.stocks).toMatchObject({
      kept: 2879,
      blankSectors: 113,
      markets: { KOSPI: 951, KOSDAQ: 1818, KONEX: 110 },
    })
    expect(report.bars).toMatchObject({
      read: 431_899,
      kept: 431_898,
      tickers: 1698,
      firstDate: '2025-01-02',
      lastDate: '2026-03-31',
      halts: { openZero: 4185, flat: 5829 },
      refused: { unknownTicker: 0, duplicate: 0, inconsistent: 1 },
    })
    expect(report.bars.repaired).toHaveLength(1)
    expect(report.bars.beyondLimit).toHaveLength(14)
    expect(report.flows).toMatchObject({ read: 51_535, kept: 51_522, tickers: 1911 })
    expect(report.missingSessions).toEqual([{ of: 'KOSDAQ', date: '2025-09-19' }])
    expect(report.offCalendar).toEqual([])
    expect(batch.bars?.length).toBe(431_898)
  })
})
