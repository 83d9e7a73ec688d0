import type { QuoteVenue, RequestOptions } from '@ralph-stock/core'
import { readRows } from '../schema/rows.js'
import { themeRow, themeStockRow } from '../schema/themes.js'
import { exchangeNumber } from '../venue.js'
import type { Asker } from './asker.js'
import { rowPages } from './pages.js'
import { known } from './stocks.js'
import { TR } from './tr.js'

/** A group of stocks that the broker puts under one theme. */
export type Theme = {
  readonly code: string
  readonly name: string
  readonly stocks: number | null
  readonly rising: number | null
  readonly falling: number | null
  readonly change: number | null
  readonly periodReturn: number | null
  readonly leaders: readonly string[]
}

/** A stock of a theme. */
export type ThemeStock = {
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly name: string
  readonly price: number
  readonly change: number | null
  readonly volume: number | null
  readonly periodReturn: number | null
}

/** All themes, or those of a stock. */
export async function themes(
  asker: Asker,
  request: RequestOptions & {
    readonly venue: QuoteVenue
    readonly ticker?: string
    /** Days of the period return, 1 to 99; 10 unless said. */
    readonly days?: number
  },
): Promise<Theme[]> {
  const body = {
    qry_tp: request.ticker === undefined ? '0' : '2',
    stk_cd: request.ticker ?? '',
    date_tp: String(request.days ?? 10),
    thema_nm: '',
    flu_pl_amt_tp: '3',
    stex_tp: exchangeNumber(request.venue),
  }
  const found: Theme[] = []
  for await (const page of rowPages(asker.client, TR.themes, body, 'thema_grp', request)) {
    for (const row of readRows(themeRow, page.rows, TR.themes.id, asker.refusals)) {
      found.push({
        code: row.thema_grp_cd,
        name: row.thema_nm,
        stocks: known(row.stk_num),
        rising: known(row.rising_stk_num),
        falling: known(row.fall_stk_num),
        change: known(row.flu_rt),
        periodReturn: known(row.dt_prft_rt),
        leaders: row.main_stk.split(',').flatMap((name) => name.trim() || []),
      })
    }
  }
  return found
}

/** The stocks of a theme; none for a theme that does not exist. */
export async function themeStocks(
  asker: Asker,
  request: RequestOptions & {
    readonly venue: QuoteVenue
    readonly theme: string
    readonly days?: number
  },
): Promise<ThemeStock[]> {
  const body = {
    date_tp: String(request.days ?? 10),
    thema_grp_cd: request.theme,
    stex_tp: exchangeNumber(request.venue),
  }
  const { id } = TR.themeStocks
  const stocks: ThemeStock[] = []
  for await (const page of rowPages(
    asker.client,
    TR.themeStocks,
    body,
    'thema_comp_stk',
    request,
  )) {
    for (const row of readRows(themeStockRow, page.rows, id, asker.refusals)) {
      stocks.push({
        ticker: row.stk_cd.ticker,
        venue: row.stk_cd.venue,
        name: row.stk_nm,
        price: row.cur_prc,
        change: known(row.flu_rt),
        volume: known(row.acc_trde_qty),
        periodReturn: known(row.dt_prft_rt_n),
      })
    }
  }
  return stocks
}
