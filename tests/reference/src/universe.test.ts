import { describe, expect, it } from 'vitest'
import { dataFromRows, type RawBar, type Stock } from './data.js'
import { bar, day, stockOf } from './fixtures.js'
import { exclusionReason } from './universe.js'

const LAST = day(19)

const reasonOf = (stock: Stock, days = 20, last: Partial<RawBar> = {}): string | null => {
  const bars = Array.from({ length: days }, (_, i) => ({
    ticker: stock.ticker,
    ...bar(20 - days + i, 100),
    ...(i === days - 1 ? last : {}),
  }))
  const data = dataFromRows({ stocks: [stock], bars, flows: [], index: [] })
  return exclusionReason(data, stock, LAST)
}

describe('universe', () => {
  it('takes common stocks, also with a letter in the code', () => {
    expect(reasonOf(stockOf('005930'))).toBeNull()
    expect(reasonOf(stockOf('0126Z0'))).toBeNull()
  })

  it('names the reason', () => {
    expect(reasonOf(stockOf('000010', { market: 'KONEX' }))).toBe('konex')
    expect(reasonOf(stockOf('005935'))).toBe('preferred')
    expect(reasonOf(stockOf('00680K'))).toBe('preferred')
    expect(reasonOf(stockOf('069500', { market: 'ETF' }))).toBe('etf-etn-elw')
    expect(reasonOf(stockOf('088980'))).toBe('investment-company')
    const spac = { department: 'SPAC(소속부없음)' }
    expect(reasonOf(stockOf('000010', spac))).toBe('spac')
    expect(reasonOf(stockOf('0088D0', { name: '메리츠제1호스팩' }))).toBe('spac')
    const managed = { department: '관리종목(소속부없음)' }
    expect(reasonOf(stockOf('000010', managed))).toBe('administrative-issue')
    const cautioned = { department: '투자주의환기종목(소속부없음)' }
    expect(reasonOf(stockOf('000010', cautioned))).toBe('investment-caution')
  })

  it('takes a name with 리츠 for a REIT only in property and trust sectors', () => {
    const sector = '부동산 임대 및 공급업'
    expect(reasonOf(stockOf('088260', { name: '이리츠코크렙', sector }))).toBe('reit')
    const trust = '신탁업 및 집합투자업'
    expect(reasonOf(stockOf('0030R0', { name: '대신밸류리츠', sector: trust }))).toBe('reit')
    const finance = '기타 금융업'
    expect(reasonOf(stockOf('138040', { name: '메리츠금융지주', sector: finance }))).toBeNull()
    expect(reasonOf(stockOf('000010', { name: '어느부동산', sector }))).toBeNull()
  })

  it('tells a halt from a missing bar, and drops a broken one', () => {
    expect(reasonOf(stockOf('000010'), 20, { volume: 0 })).toBe('halted')
    expect(reasonOf(stockOf('000010'), 20, { date: day(30) })).toBe('no-bar')
    expect(reasonOf(stockOf('000010'), 20, { high: 98 })).toBe('no-bar')
  })

  it('wants 20 traded bars', () => {
    expect(reasonOf(stockOf('000010'), 19)).toBe('short-history')
    expect(reasonOf(stockOf('000010'), 20)).toBeNull()
  })

  it('gives the first reason in the order of the page', () => {
    const both = { market: 'KONEX', department: '관리종목(소속부없음)' }
    expect(reasonOf(stockOf('000015', both))).toBe('konex')
    const halted = { department: '관리종목(소속부없음)' }
    expect(reasonOf(stockOf('000010', halted), 5, { volume: 0 })).toBe('administrative-issue')
  })
})
