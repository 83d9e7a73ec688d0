import type { SignalView } from '@ralph-stock/server/api'
import { describe, expect, it } from 'vitest'
import { makeWorld } from '../../test/fixture/world.js'
import { withJob, withSignal } from '../api/upsert.js'
import { filterSignals, matcherOf, NO_FILTER } from './filter.js'
import { signalSince } from './since.js'
import { signalSortValue } from './sort-values.js'
import { signalStrategies } from './strategies.js'

const world = makeWorld(60)
const signals = world.signals.filter(({ signal_type }) => signal_type === 'vcp')
const [some] = signals
if (some === undefined) throw new Error('the fixture has no signal')

describe('a table of signals', () => {
  it('shows everything until something is asked', () => {
    expect(filterSignals(signals, NO_FILTER)).toEqual(signals)
  })

  it('keeps those of a grade, of a market, and with a text', () => {
    for (const one of filterSignals(signals, { ...NO_FILTER, grade: 'A' })) {
      expect(one.grade).toBe('A')
    }
    for (const one of filterSignals(signals, { ...NO_FILTER, market: 'KOSDAQ' })) {
      expect(one.market).toBe('KOSDAQ')
    }
    const found = filterSignals(signals, { ...NO_FILTER, text: some.ticker })
    expect(found.map(({ ticker }) => ticker)).toEqual([some.ticker])
  })

  it('finds names whatever the spaces and capitals', () => {
    expect(matcherOf('sk하이')({ name: 'SK 하이닉스', ticker: '000660' })).toBe(true)
    expect(matcherOf('반도체')({ name: 'SK 하이닉스', ticker: '000660', sector: null })).toBe(false)
  })

  it('sorts S before A before B, and the youngest first', () => {
    const grade = (name: string): number =>
      Number(signalSortValue({ ...some, grade: name }, 'grade', () => undefined))
    expect([grade('S') > grade('A'), grade('A') > grade('B')]).toEqual([true, true])
    const age = (at: string): number =>
      Number(signalSortValue({ ...some, entry_time: at }, 'age', () => undefined))
    expect(age('2026-02-10T01:00:00Z')).toBeLessThan(age('2026-02-10T00:00:00Z'))
  })

  it('counts the age of a signal from its entry, else from the close of its date', () => {
    const entered = '2026-02-10T01:00:00.000Z'
    expect(signalSince({ ...some, entry_time: entered })).toBe(entered)
    expect(signalSince({ ...some, entry_time: null, signal_date: '2026-02-10' })).toBe(
      '2026-02-10T06:30:00.000Z',
    )
  })

  it('knows no price before one was told', () => {
    expect(signalSortValue(some, 'price', () => undefined)).toBeNull()
  })

  it('has one table for each strategy that trades, the closing bet first', () => {
    expect(signalStrategies(world.health).map(({ id }) => id)).toEqual([
      'closing-bet',
      'vcp',
      'daytrade',
    ])
  })
})

describe('a list that the socket keeps current', () => {
  const open: readonly SignalView[] = [{ ...some, status: 'OPEN' }]

  it('takes a new signal once, and a change in its place', () => {
    const other = { ...some, id: 9999, status: 'OPEN' } as const
    const two = withSignal(open, other, 'OPEN')
    expect(two.map(({ id }) => id)).toEqual([9999, some.id])
    expect(withSignal(two, { ...other, score: 1 }, 'OPEN').map(({ score }) => score)[0]).toBe(1)
    expect(withSignal(two, other, 'OPEN')).toHaveLength(2)
  })

  it('moves a signal that closed from one list to the other', () => {
    const closed = { ...some, status: 'CLOSED' } as const
    expect(withSignal(open, closed, 'OPEN')).toEqual([])
    expect(withSignal([], closed, 'CLOSED')).toEqual([closed])
  })

  it('does not mix strategies whose signals carry the same number', () => {
    const twin = { ...some, signal_type: 'daytrade', status: 'OPEN' } as const
    expect(withSignal(open, twin, 'OPEN')).toHaveLength(2)
  })

  it('puts a job where it was, and a new one first', () => {
    const [job] = world.jobs
    if (job === undefined) throw new Error('the fixture has no job')
    const jobs = withJob(world.jobs, { ...job, id: 'new' })
    expect(jobs[0]?.id).toBe('new')
    expect(withJob(jobs, { ...job, attempts: 3 }).map(({ id }) => id)).toEqual(
      jobs.map(({ id }) => id),
    )
  })
})
