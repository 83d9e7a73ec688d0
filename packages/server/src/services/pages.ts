import type { SignalCursor, StockCursor } from '@ralph-stock/adapters-timescale'
import { isTradeDate, RalphError } from '@ralph-stock/core'

/** A page, cut from what was read: one more than its length, to see whether another follows. */
export type PageOf<T> = { readonly entries: readonly T[]; readonly nextCursor: string | null }

/** Cuts a page; `cursorOf` names the entry after which the next one begins. */
export function cutPage<T>(
  read: readonly T[],
  limit: number,
  cursorOf: (entry: T) => string,
): PageOf<T> {
  const entries = read.length > limit ? read.slice(0, limit) : read
  const last = entries.at(-1)
  return {
    entries,
    nextCursor: read.length > limit && last !== undefined ? cursorOf(last) : null,
  }
}

const SEPARATOR = '~'
const WHOLE = /^\d{1,10}$/
const MOST_ID = 2 ** 31 - 1

export function signalCursor({ signalDate, id, strategyId }: SignalCursor): string {
  return [signalDate, id, strategyId].join(SEPARATOR)
}

/** @throws RalphError E_REQUEST_INVALID */
export function parseSignalCursor(text: string): SignalCursor {
  const [signalDate = '', id = '', strategyId = '', ...more] = text.split(SEPARATOR)
  if (more.length > 0 || !/^[a-z0-9-]{1,50}$/.test(strategyId)) throw noCursor(text)
  return { ...datedCursor(text, signalDate, id), strategyId }
}

export function stockCursor({ ticker, marketCap }: StockCursor): string {
  return [marketCap ?? '', ticker].join(SEPARATOR)
}

/** @throws RalphError E_REQUEST_INVALID */
export function parseStockCursor(text: string): StockCursor {
  const [size = '', ticker = '', ...more] = text.split(SEPARATOR)
  if (
    more.length > 0 ||
    !/^(?:\d{1,20}(?:\.\d{1,9})?)?$/.test(size) ||
    !/^[0-9A-Z]{6}$/.test(ticker)
  ) {
    throw noCursor(text)
  }
  return { ticker, marketCap: size === '' ? null : Number(size) }
}

/** The place of a row in a list by date and id, both descending. */
export type DatedCursor = { readonly date: string; readonly id: number }

export function dateCursor({ date, id }: DatedCursor): string {
  return [date, id].join(SEPARATOR)
}

/** @throws RalphError E_REQUEST_INVALID */
export function parseDateCursor(text: string): DatedCursor {
  const [date = '', id = '', ...more] = text.split(SEPARATOR)
  if (more.length > 0) throw noCursor(text)
  const { signalDate, ...rest } = datedCursor(text, date, id)
  return { date: signalDate, ...rest }
}

function datedCursor(text: string, date: string, id: string): Omit<SignalCursor, 'strategyId'> {
  if (!isTradeDate(date) || !WHOLE.test(id) || Number(id) > MOST_ID) throw noCursor(text)
  return { signalDate: date, id: Number(id) }
}

function noCursor(text: string): RalphError {
  const message = `querystring/cursor: it must be the next_cursor of a page; found "${text}"`
  return new RalphError('E_REQUEST_INVALID', message, {
    fields: [{ field: 'querystring/cursor', message: 'must be the next_cursor of a page' }],
  })
}
