import { describe, expect, it } from 'vitest'
import { dataFromRows, type IndexRow } from './data.js'
import { bar, day, stockOf } from './fixtures.js'
import { indexCriterion, marketGate, sectorChanges, sectorsCriterion } from './market-gate.js'
import type { View } from './view.js'

const SESSIONS = [day(0), day(1), day(2)]

/** A stock with closes on the days given (the last is day 2). */
const member = (sector: string, closes: Record<number, number>): View => ({
  stock: stockOf('000010', { sector }),
  bars: Object.entries(closes).map(([i, close]) => bar(Number(i), close)),
  flows: new Map(),
  sessions: SESSIONS,
})

const members = (sector: string, count: number, close: number): View[] =>
  Array.from({ length: count }, () => member(sector, { 1: 1000, 2: close }))

describe('market gate: index', () => {
  it('grades the change, on the edges too', () => {
    const change = (now: number): number | null => indexCriterion(now / 1000 - 1).points
    expect([1010.1, 1010, 1000.1, 1000, 999.9, 990, 989.9].map(change)).toEqual([
      40, 30, 30, 20, 10, 10, 0,
    ])
    expect(indexCriterion(null).points).toBeNull()
  })
})

describe('market gate: sectors', () => {
  it('wants exactly 5 members or more', () => {
    const views = [...members('화학', 5, 1020), ...members('기계', 4, 1030)]
    const found = sectorChanges(views, day(2))
    expect(found.map(({ sector, members }) => [sector, members])).toEqual([['화학', 5]])
    expect(found[0]?.change).toBeCloseTo(0.02, 12)
  })

  it('leaves out blank sectors and members without a bar in the previous session', () => {
    const late = Array.from({ length: 5 }, () => member('화학', { 0: 1000, 2: 2000 }))
    const views = [...members('', 5, 1020), ...members('화학', 5, 1010), ...late]
    const found = sectorChanges(views, day(2))
    expect(found.map(({ sector, members }) => [sector, members])).toEqual([['화학', 5]])
    expect(found[0]?.change).toBeCloseTo(0.01, 12)
  })

  it('lists the strongest first', () => {
    const views = [...members('a', 5, 1001), ...members('b', 5, 1020), ...members('c', 5, 990)]
    expect(sectorChanges(views, day(2)).map(({ sector }) => sector)).toEqual(['b', 'a', 'c'])
  })

  it('balances strong against weak sectors', () => {
    const list = (...changes: number[]) =>
      changes.map((change) => ({ sector: 'x', change, members: 5 }))
    expect(sectorsCriterion(list(0.02, 0, 0, 0)).points).toBe(15) // 2 x 1 / 4
    expect(sectorsCriterion(list(0.02, 0.02, 0.02, 0)).points).toBe(20) // clamped
    expect(sectorsCriterion(list(-0.02, -0.02, 0)).points).toBe(0)
    expect(sectorsCriterion(list(0.01, -0.01)).points).toBe(10) // on the edge is neither
    expect(sectorsCriterion([]).points).toBeNull()
  })
})

describe('market gate: level', () => {
  const gate = (kospi: number, kosdaq: number | null, views: View[]) => {
    const index: IndexRow[] = []
    const add = (name: string, i: number, close: number): void => {
      index.push({ index: name, date: day(i), close })
    }
    add('KOSPI', 1, 1000)
    add('KOSPI', 2, kospi)
    add('KOSDAQ', 1, 1000)
    if (kosdaq !== null) add('KOSDAQ', 2, kosdaq)
    return marketGate(dataFromRows({ stocks: [], bars: [], flows: [], index }), views, day(2)).card
  }

  it('sums the three parts', () => {
    expect(gate(1005, 1005, members('화학', 5, 1000))).toMatchObject({ score: 70, grade: 'GREEN' })
    expect(gate(1005, 989, members('화학', 5, 1000))).toMatchObject({ score: 40, grade: 'YELLOW' })
    expect(gate(1000, 995, members('화학', 5, 989))).toMatchObject({ score: 30, grade: 'RED' })
  })

  it('is UNKNOWN when a part is, at any score', () => {
    expect(gate(1020, 1020, [])).toMatchObject({ score: 80, grade: 'UNKNOWN', coverage: 0.8 })
    const card = gate(1020, null, members('화학', 5, 1020))
    expect(card).toMatchObject({ score: 60, grade: 'UNKNOWN', coverage: 0.6 })
  })
})
