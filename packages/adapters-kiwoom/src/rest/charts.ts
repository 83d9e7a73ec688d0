import {
  closeTime,
  dayNumber,
  fromDayNumber,
  NXT_OPENING_DATE,
  type QuoteVenue,
  RalphError,
  type RequestOptions,
  sessionSchedule,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import type { z } from 'zod'
import { ascending, type DayBar, type MinuteBar } from '../map/columns.js'
import { sameItem } from '../map/items.js'
import { writeDate, writeInstant } from '../map/times.js'
import {
  dailyRow,
  indexDayRow,
  type MinuteRow,
  minuteRow,
  tickRow,
  weeklyRow,
} from '../schema/charts.js'
import { readRows } from '../schema/rows.js'
import { itemOf } from '../venue.js'
import type { Asker } from './asker.js'
import { type PagingOptions, rowPages } from './pages.js'
import { TR, type Tr } from './tr.js'

/** Which stretch of which stock's chart. */
export type ChartRequest = PagingOptions & {
  readonly ticker: string
  readonly venue: QuoteVenue
  /** Split-adjusted unless false. */
  readonly adjusted?: boolean
  /** As far back as the broker goes when absent. */
  readonly from?: TradeDate
  readonly to: TradeDate
}

/** One trade or bundle of trades of a tick chart. */
export type TickBar = MinuteBar

/**
 * Daily bars of finished sessions, oldest first: the bar of a session that is not over would be taken
 * for a day. Halts are rows of volume 0.
 */
export async function dailyChart(asker: Asker, request: ChartRequest): Promise<DayBar[]> {
  const rows = await dayRows(asker, TR.dailyChart, 'stk_dt_pole_chart_qry', dailyRow, request)
  const over = finished(asker, request.venue)
  return rows.map(dayBar).filter((bar) => over(bar.day))
}

/** Weekly bars, oldest first; the day is the week's first session. The last one may not be over. */
export async function weeklyChart(asker: Asker, request: ChartRequest): Promise<DayBar[]> {
  const rows = await dayRows(asker, TR.weeklyChart, 'stk_stk_pole_chart_qry', weeklyRow, request)
  return rows.map(dayBar)
}

/** Industry codes of the indexes by name. */
export const INDEX_CODES: Readonly<Record<string, string>> = {
  KOSPI: '001',
  KOSDAQ: '101',
  KOSPI200: '201',
}

/**
 * Daily values of an index, oldest first, finished sessions only.
 *
 * @throws RalphError E_PARAM_RANGE for an index that has no code
 */
export async function indexDaily(
  asker: Asker,
  request: Omit<ChartRequest, 'venue' | 'adjusted'>,
): Promise<DayBar[]> {
  const code = INDEX_CODES[request.ticker] ?? request.ticker
  if (!/^\d{3}$/.test(code)) {
    const accepted = `${Object.keys(INDEX_CODES).join(', ')} or three digits`
    throw new RalphError('E_PARAM_RANGE', `index must be ${accepted}; found "${request.ticker}"`, {
      name: 'ticker',
      value: request.ticker,
    })
  }
  const body = { inds_cd: code, base_dt: writeDate(request.to) }
  const pages = rowPages(asker.client, TR.indexDaily, body, 'inds_dt_pole_qry', request)
  const first = firstDay(request.from)
  const rows: Array<z.infer<typeof indexDayRow>> = []
  for await (const page of pages) {
    const good = readRows(indexDayRow, page.rows, TR.indexDaily.id, asker.refusals)
    rows.push(...good)
    if (good.some((row) => row.dt < first)) break
  }
  const over = finished(asker, 'KRX')
  return within(rows, (row) => row.dt, first, dayNumber(request.to))
    .map((row) => ({ ...dayBar(row), volume: row.trde_qty * 1000 }))
    .filter((bar) => over(bar.day))
}

/** What a minute chart held, and whether it reached the asked-for beginning. */
export type MinuteChart = {
  readonly bars: readonly MinuteBar[]
  /** Whether rows as old as `from`, or the end of the broker's history, were seen. */
  readonly complete: boolean
}

/** Bars of one minute from an instant on, oldest first. */
export async function minuteChart(
  asker: Asker,
  request: RequestOptions & {
    readonly ticker: string
    readonly venue: QuoteVenue
    /** Epoch ms. */
    readonly from: number
    readonly to?: TradeDate
    readonly pages?: number
  },
): Promise<MinuteChart> {
  const body = {
    stk_cd: itemOf(request.ticker, request.venue),
    tic_scope: '1',
    upd_stkpc_tp: '1',
    ...(request.to === undefined ? {} : { base_dt: writeDate(request.to) }),
  }
  const first = writeInstant(request.from)
  const rows: MinuteRow[] = []
  let complete = false
  const pages = rowPages(asker.client, TR.minuteChart, body, 'stk_min_pole_chart_qry', request)
  for await (const page of pages) {
    sameItem(page.body, body.stk_cd, TR.minuteChart.id)
    // Rows older than what is wanted need not be read: a page holds days of them.
    const wanted = page.rows.filter((row) => !isOlder(row, first))
    rows.push(...readRows(minuteRow, wanted, TR.minuteChart.id, asker.refusals))
    complete = wanted.length < page.rows.length || (page.last && page.rows.length > 0)
    if (complete) break
  }
  const bars = ascending(
    rows.filter((row) => row.cntr_tm >= request.from),
    (row) => row.cntr_tm,
  ).map((row) => ({
    ...instantBar(row),
    ...(row.acc_trde_qty !== undefined && row.acc_trde_qty > 0
      ? { dayVolume: row.acc_trde_qty }
      : {}),
  }))
  return { bars, complete }
}

const INSTANT = /^\d{14}$/

function isOlder(row: unknown, first: string): boolean {
  if (typeof row !== 'object' || row === null || !('cntr_tm' in row)) return false
  const { cntr_tm: time } = row
  return typeof time === 'string' && INSTANT.test(time) && time < first
}

/** The latest trades, oldest first; rows of one second are kept apart. */
export async function tickChart(
  asker: Asker,
  request: PagingOptions & { readonly ticker: string; readonly venue: QuoteVenue },
): Promise<TickBar[]> {
  const body = {
    stk_cd: itemOf(request.ticker, request.venue),
    tic_scope: '1',
    upd_stkpc_tp: '1',
  }
  const bars: TickBar[] = []
  const options = { ...request, pages: request.pages ?? 1 }
  for await (const page of rowPages(
    asker.client,
    TR.tickChart,
    body,
    'stk_tic_chart_qry',
    options,
  )) {
    sameItem(page.body, body.stk_cd, TR.tickChart.id)
    const rows = readRows(tickRow, page.rows, TR.tickChart.id, asker.refusals)
    for (const row of rows) bars.push(instantBar(row))
  }
  return bars.reverse()
}

type DayRow = z.infer<typeof dailyRow>

async function dayRows(
  asker: Asker,
  tr: Tr,
  list: string,
  schema: z.ZodType<DayRow, unknown>,
  request: ChartRequest,
): Promise<DayRow[]> {
  const first = Math.max(firstDay(request.from), request.venue === 'NXT' ? NXT_FROM : FIRST_EVER)
  const body = {
    stk_cd: itemOf(request.ticker, request.venue),
    base_dt: writeDate(request.to),
    upd_stkpc_tp: request.adjusted === false ? '0' : '1',
  }
  const rows: DayRow[] = []
  for await (const page of rowPages(asker.client, tr, body, list, request)) {
    sameItem(page.body, body.stk_cd, tr.id)
    const good = readRows(schema, page.rows, tr.id, asker.refusals)
    rows.push(...good)
    if (good.some((row) => row.dt < first)) break
  }
  return within(rows, (row) => row.dt, first, dayNumber(request.to))
}

const FIRST_EVER = dayNumber(tradeDate('1956-03-03'))
const NXT_FROM = dayNumber(tradeDate(NXT_OPENING_DATE))

function firstDay(from: TradeDate | undefined): number {
  return from === undefined ? FIRST_EVER : dayNumber(from)
}

function within<T>(rows: readonly T[], key: (row: T) => number, first: number, last: number): T[] {
  return ascending(
    rows.filter((row) => key(row) >= first && key(row) <= last),
    key,
  )
}

/** Whether the session of a day is over: its last phase that adds to the venue's volume has ended. */
function finished(asker: Asker, venue: QuoteVenue): (day: number) => boolean {
  const now = asker.clock.now()
  return (day) => {
    const date = fromDayNumber(day)
    let end = closeTime(date)
    if (venue !== 'KRX' && day >= asker.calendar.first && day <= asker.calendar.last) {
      for (const phase of sessionSchedule(date, asker.calendar, 'NXT')) {
        end = Math.max(end, phase.endTime)
      }
    }
    return now >= end
  }
}

function dayBar(row: DayRow): DayBar {
  return {
    day: row.dt,
    open: row.open_pric,
    high: row.high_pric,
    low: row.low_pric,
    close: row.cur_prc,
    volume: row.trde_qty,
    tradedValue: row.trde_prica,
  }
}

function instantBar(row: z.infer<typeof tickRow>): MinuteBar {
  return {
    openTime: row.cntr_tm,
    open: row.open_pric,
    high: row.high_pric,
    low: row.low_pric,
    close: row.cur_prc,
    volume: row.trde_qty,
  }
}
