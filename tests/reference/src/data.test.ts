import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { splitCsvLine } from './csv.js'
import { judgeBar, type RawBar, readData } from './data.js'

const row = (more: Partial<RawBar>): RawBar => ({
  ticker: '000010',
  date: '2026-01-02',
  open: 100,
  high: 110,
  low: 90,
  close: 105,
  volume: 10,
  ...more,
})

describe('judgeBar', () => {
  it('keeps a sound row as it is', () => {
    const judged = judgeBar(row({}))
    expect(judged).toMatchObject({ kind: 'bar', repaired: false, bar: { high: 110, low: 90 } })
  })

  it('takes volume 0 for a halt, however broken the prices are', () => {
    expect(judgeBar(row({ volume: 0, open: 0, high: 0, low: 0 }))).toEqual({ kind: 'halt' })
  })

  it('widens the high by 1 won', () => {
    const judged = judgeBar(row({ close: 111 }))
    expect(judged).toMatchObject({ kind: 'bar', repaired: true, bar: { high: 111, low: 90 } })
  })

  it('widens high and low together', () => {
    const judged = judgeBar(row({ close: 111, open: 89 }))
    expect(judged).toMatchObject({ kind: 'bar', repaired: true, bar: { high: 111, low: 89 } })
  })

  it('drops a row that is broken by 2 won', () => {
    expect(judgeBar(row({ close: 112 }))).toEqual({ kind: 'dropped' })
    expect(judgeBar(row({ open: 88 }))).toEqual({ kind: 'dropped' })
  })
})

describe('readData', () => {
  it('reads quoted fields', () => {
    expect(splitCsvLine('1,"a, b ""c""",2')).toEqual(['1', 'a, b "c"', '2'])
  })

  it('reads plain and gzipped files, sorts bars, separates halts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reference-'))
    try {
      writeFileSync(
        join(folder, 'stocks.csv'),
        'ticker,name,market,sector,listed_shares,market_cap,listing_date,department\n' +
          '000010,하나,KOSPI,"전동기, 발전기",1,1,,\n',
      )
      const bars =
        'ticker,date,open,high,low,close,volume\n' +
        '000010,2026-01-06,11,12,10,11,5\n' +
        '000010,2026-01-05,0,0,0,10,0\n' +
        '000010,2026-01-02,10,10,10,12,5\n' +
        '000010,2026-01-01,10,10,10,11,5\n'
      writeFileSync(join(folder, 'bars.csv.gz'), gzipSync(bars))
      writeFileSync(
        join(folder, 'flows.csv'),
        'ticker,date,foreign_net_value,institution_net_value,' +
          'foreign_net_volume,institution_net_volume\n' +
          '000010,2026-01-06,-7,,,3\n',
      )
      writeFileSync(join(folder, 'index.csv'), 'index,date,close\nKOSPI,2026-01-07,2000.5\n')
      const data = readData(folder)
      expect(data.stocks[0]?.sector).toBe('전동기, 발전기')
      expect(data.bars.get('000010')?.map((bar) => bar.date)).toEqual(['2026-01-01', '2026-01-06'])
      expect(data.halts.get('000010')).toEqual(new Set(['2026-01-05']))
      expect(data.repaired.map((bar) => bar.date)).toEqual(['2026-01-01'])
      expect(data.dropped.map((bar) => bar.date)).toEqual(['2026-01-02'])
      expect(data.flows.get('000010')?.get('2026-01-06')).toMatchObject({
        foreignValue: -7,
        institutionValue: null,
        foreignShares: null,
        institutionShares: 3,
      })
      expect(data.index.get('KOSPI')?.get('2026-01-07')).toBe(2000.5)
      // A dropped row and a halt still show that the exchange was open.
      expect(data.sessions).toEqual([
        '2026-01-01',
        '2026-01-02',
        '2026-01-05',
        '2026-01-06',
        '2026-01-07',
      ])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
