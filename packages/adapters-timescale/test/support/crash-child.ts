import { writeSync } from 'node:fs'
import { fromDayNumber } from '@ralph-stock/core'
import { openEmbeddedStore, openPostgresStore, type Store } from '../../src/index.js'
import { batchOf, cardOf, day, manyBars } from './batches.js'

// Works until it is killed: imports a day, scans it, keeps two rows that belong together, tells each
// step that was committed, and begins by telling what it found.

const TICKERS = 12
const CARDS = 5
const FIRST = '2025-01-02'

/** What a process finds in the store. */
export type Found = {
  /** Days that are there, and those with another number of rows than they were written with. */
  readonly days: number
  readonly halfDays: number
  readonly scans: number
  readonly halfScans: number
  readonly strays: number
  readonly pairs: number
  readonly halfPairs: number
}

async function look(store: Store): Promise<Found> {
  const market = await store.load()
  const rows = new Map<number, number>()
  for (const { series } of market.stocks) {
    for (const date of series.days) rows.set(date, (rows.get(date) ?? 0) + 1)
  }
  const { scans, signals, market: status, jobs } = store.repositories
  const runs = await scans.list()
  const all = await signals.list()
  const bySignal = new Map<number, number>()
  for (const { scanId } of all) bySignal.set(scanId, (bySignal.get(scanId) ?? 0) + 1)
  const states = await status.list()
  const done = new Set((await jobs.byStatus('done', 1_000_000)).map(({ id }) => id))
  return {
    days: rows.size,
    halfDays: [...rows.values()].filter((count) => count !== TICKERS).length,
    scans: runs.length,
    halfScans: runs.filter(({ id, found }) => bySignal.get(id) !== found).length,
    strays: [...bySignal.keys()].filter((id) => !runs.some((run) => run.id === id)).length,
    pairs: states.length,
    halfPairs:
      states.filter(({ date }) => !done.has(date)).length + Math.abs(done.size - states.length),
  }
}

function tell(word: string, value: unknown): void {
  writeSync(1, `${word} ${JSON.stringify(value)}\n`)
}

async function main(): Promise<void> {
  const address = JSON.parse(process.argv[2] ?? '{}') as
    | { folder: string }
    | { url: string; schema: string; timescale: boolean }
  const store =
    'folder' in address ? await openEmbeddedStore(address) : await openPostgresStore(address)
  const found = await look(store)
  tell('found', found)
  let next = Math.max(found.days, found.scans, found.pairs)
  let { days, scans, pairs } = found
  for (;;) {
    const date = fromDayNumber(day(FIRST) + next)
    // Yesterday comes again, corrected: this batch is merged, and today's rows are new.
    const from = fromDayNumber(day(FIRST) + Math.max(0, next - 1))
    const bars = manyBars(TICKERS, next === 0 ? 1 : 2, from, next)
    await store.write(batchOf({ bars }))
    days = next + 1
    tell('days', days)
    const cards = Array.from({ length: CARDS }, (_, k) =>
      cardOf(String(next * CARDS + k).padStart(6, '0'), { asOf: date }),
    )
    await store.saveScan({ asOf: date, strategies: ['vcp'], eligible: TICKERS, cards })
    tell('scans', ++scans)
    await store.transaction(async ({ market, jobs }) => {
      await market.save({ date, gate: 'GREEN' })
      await jobs.save({ id: date, name: 'scan', status: 'done' })
    })
    tell('pairs', ++pairs)
    next++
  }
}

void main()
