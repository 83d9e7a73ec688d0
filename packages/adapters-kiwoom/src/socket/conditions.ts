import { RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import type { Refusals } from '../refusals.js'
import {
  count,
  type Item,
  item,
  type Numbers,
  percentTimes1000,
  positivePrice,
  type Schema,
  text,
} from '../schema/fields.js'
import { readRows } from '../schema/rows.js'
import type { Connection } from './connection.js'
import type { ControlFrame } from './decode-frame.js'

/** A search that was saved in the broker's program. */
export type SavedSearch = { readonly id: string; readonly name: string }

/** A stock that a search found. */
export type FoundStock = {
  readonly ticker: string
  readonly name: string
  readonly price: number
  readonly change: number
  readonly volume: number
}

/** Saved searches, over the live connection. */
export interface ConditionSearch {
  list(): Promise<SavedSearch[]>
  /** The stocks that a search finds now. */
  find(id: string): Promise<FoundStock[]>
  /** The tickers found now; from then on `condition` events tell what enters and leaves. */
  watch(id: string): Promise<string[]>
  unwatch(id: string): Promise<void>
  /** Watches again what was watched, on a new connection. */
  resume(): void
}

const savedRow = z.tuple([z.string(), z.string()]).rest(z.unknown())
/** What `foundRow` makes of it. */
export type FoundRow = Numbers<'10' | '12' | '13'> & { '9001': Item; '302': string }

/** A row of ka10172: prices padded with zeros, the rate times 1,000. */
export const foundRow: Schema<FoundRow> = z.object({
  '9001': item,
  '302': text,
  '10': positivePrice,
  '12': percentTimes1000,
  '13': count,
})

/** A row of ka10173: a code with a letter before it. */
export const watchedRow: Schema<{ jmcode: Item }> = z.object({ jmcode: item })

const MOST_PAGES = 50

/** Makes condition search over a connection. The list must be asked for first, so it is. */
export function createConditionSearch(
  connection: Connection,
  refusals: Refusals,
  clean: (text: string) => string,
): ConditionSearch {
  const watched = new Set<string>()
  let listedSince = -1

  const ask = async (message: Readonly<Record<string, unknown>>): Promise<ControlFrame> => {
    const frame = await connection.ask(message)
    if ((frame.return_code ?? 0) === 0) return frame
    const said = clean(frame.return_msg ?? '').slice(0, 200)
    throw new RalphError('E_BROKER_SOCKET', `the broker refused a search: ${said || 'no reason'}`)
  }

  const list = async (): Promise<SavedSearch[]> => {
    const frame = await ask({ trnm: 'CNSRLST' })
    listedSince = connection.liveSince()
    return readRows<readonly [string, string, ...unknown[]]>(
      savedRow,
      frame.data ?? [],
      'ka10171',
      refusals,
    ).map(([id, name]) => ({ id: id.trim(), name: name.trim() }))
  }

  const prepared = async (): Promise<void> => {
    if (listedSince !== connection.liveSince()) await list()
  }

  const watch = async (id: string): Promise<string[]> => {
    await prepared()
    watched.add(id)
    const frame = await ask({ trnm: 'CNSRREQ', seq: id, search_type: '1', stex_tp: 'K' })
    const rows = readRows(watchedRow, frame.data ?? [], 'ka10173', refusals)
    return rows.map((row) => row.jmcode.ticker)
  }

  return {
    list,
    find: async (id) => {
      await prepared()
      const found: FoundStock[] = []
      let next = ''
      for (let page = 0; page < MOST_PAGES; page++) {
        const frame = await ask({
          trnm: 'CNSRREQ',
          seq: id,
          search_type: '0',
          stex_tp: 'K',
          cont_yn: next === '' ? 'N' : 'Y',
          next_key: next,
        })
        const rows = frame.data ?? []
        for (const row of readRows(foundRow, rows, 'ka10172', refusals)) {
          found.push({
            ticker: row['9001'].ticker,
            name: row['302'],
            price: row['10'],
            change: row['12'],
            volume: row['13'],
          })
        }
        next = (frame.next_key ?? '').trim()
        if (frame.cont_yn !== 'Y' || next === '' || rows.length === 0) break
      }
      return found
    },
    watch,
    unwatch: async (id) => {
      watched.delete(id)
      await ask({ trnm: 'CNSRCLR', seq: id })
    },
    resume: () => {
      // A line that breaks meanwhile resumes again when it is back.
      for (const id of watched) void watch(id).catch(() => {})
    },
  }
}
