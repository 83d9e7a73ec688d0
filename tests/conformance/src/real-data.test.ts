import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { RawRows, ReferenceStrategyId } from '@ralph-stock/test-reference'
import { sharedData } from '@ralph-stock/test-support/requirements.js'
import { describe, expect, it } from 'vitest'
import { differencesOn, readTwice } from './differences.js'
import { STRATEGIES } from './pipeline.js'

const DATES = ['2026-02-10', '2026-01-20', '2025-07-15', '2026-03-31']
const folder = sharedData('krx')

describe.skipIf(folder === null)('the real market', () => {
  const both = folder === null ? null : readTwice({ raw: readRows(folder), articles: null })

  for (const date of DATES) {
    for (const id of Object.keys(STRATEGIES)) {
      it(`is scored by ${id} on ${date} as the naive reading of the rules scores it`, () => {
        // Sound: the keys of the record are these ids.
        const lines = both === null ? [] : differencesOn(both, date, id as ReferenceStrategyId)
        expect(lines).toEqual([])
      })
    }
  }
})

function readRows(from: string): RawRows {
  return {
    stocks: table(from, 'stocks.csv').map(([ticker, name, market, sector, , , , department]) => ({
      ticker: text(ticker),
      name: text(name),
      market: text(market),
      sector: text(sector),
      department: text(department),
    })),
    bars: table(from, 'bars.csv.gz').map(([ticker, date, open, high, low, close, volume]) => ({
      ticker: text(ticker),
      date: text(date),
      open: Number(open),
      high: Number(high),
      low: Number(low),
      close: Number(close),
      volume: Number(volume),
    })),
    flows: table(from, 'flows.csv.gz').map(([ticker, date, ...sides]) => ({
      ticker: text(ticker),
      date: text(date),
      foreignValue: numberOrNull(sides[0]),
      institutionValue: numberOrNull(sides[1]),
      foreignShares: numberOrNull(sides[2]),
      institutionShares: numberOrNull(sides[3]),
    })),
    index: table(from, 'index.csv.gz').map(([index, date, , , , close]) => ({
      index: text(index),
      date: text(date),
      close: Number(close),
    })),
  }
}

// A third, plainest reader: no field of these files holds a comma within quotes but names, which do not matter.
function table(from: string, name: string): string[][] {
  const bytes = readFileSync(join(from, name))
  const content = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return content
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => fields(line))
}

function fields(line: string): string[] {
  const found = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? []
  return found.slice(0, -1).map((field) => field.replace(/,$/, '').replace(/^"|"$/g, ''))
}

function text(value: string | undefined): string {
  return (value ?? '').trim()
}

function numberOrNull(value: string | undefined): number | null {
  return text(value) === '' ? null : Number(value)
}
