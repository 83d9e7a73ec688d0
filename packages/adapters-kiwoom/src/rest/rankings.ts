import type { QuoteVenue, RequestOptions } from '@ralph-stock/core'
import type { z } from 'zod'
import { topChangeRow, topValueRow, topVolumeRow, volumeSurgeRow } from '../schema/rankings.js'
import { readRows } from '../schema/rows.js'
import { exchangeNumber } from '../venue.js'
import type { Asker } from './asker.js'
import { rowPages } from './pages.js'
import { known } from './stocks.js'
import { TR, type Tr } from './tr.js'

/** What stocks can be ranked by. */
export type RankingName = 'volume' | 'value' | 'rise' | 'fall' | 'volume-surge'

/** A stock in a ranking. */
export type RankedStock = {
  /** 1 is the first. */
  readonly rank: number
  readonly ticker: string
  readonly venue: QuoteVenue
  readonly name: string
  readonly price: number
  readonly change: number | null
  /** Shares; null where the counter of the broker is saturated. */
  readonly volume: number | null
  /** KRW; null where this ranking does not tell. */
  readonly tradedValue: number | null
}

/** Which ranking of which market. */
export type RankingRequest = RequestOptions & {
  readonly ranking: RankingName
  readonly market?: 'KOSPI' | 'KOSDAQ'
  readonly venue: QuoteVenue
  readonly pages?: number
}

type Row = {
  readonly stk_cd: { readonly ticker: string; readonly venue: QuoteVenue }
  readonly stk_nm: string
  readonly cur_prc: number
  readonly flu_rt: number
}

type Kind = {
  readonly tr: Tr
  readonly list: string
  readonly body: Readonly<Record<string, string>>
  readonly read: z.ZodType<Row, unknown>
  readonly volume: (row: never) => number
  readonly value: (row: never) => number
}

/** Conditions that leave nothing out. */
const ALL_CHANGES = {
  trde_qty_cnd: '0000',
  stk_cnd: '0',
  crd_cnd: '0',
  updown_incls: '1',
  pric_cnd: '0',
  trde_prica_cnd: '0',
}

const nothing = (): number => Number.NaN

const KINDS: Readonly<Record<RankingName, Kind>> = {
  volume: {
    tr: TR.topVolume,
    list: 'tdy_trde_qty_upper',
    body: {
      sort_tp: '1',
      mang_stk_incls: '0',
      crd_tp: '0',
      trde_qty_tp: '0',
      pric_tp: '0',
      trde_prica_tp: '0',
      mrkt_open_tp: '0',
    },
    read: topVolumeRow,
    volume: (row: z.infer<typeof topVolumeRow>) => row.trde_qty,
    value: (row: z.infer<typeof topVolumeRow>) => row.trde_amt,
  },
  value: {
    tr: TR.topValue,
    list: 'trde_prica_upper',
    body: { mang_stk_incls: '1' },
    read: topValueRow,
    volume: (row: z.infer<typeof topValueRow>) => row.now_trde_qty,
    value: (row: z.infer<typeof topValueRow>) => row.trde_prica,
  },
  rise: changes('1'),
  fall: changes('3'),
  'volume-surge': {
    tr: TR.volumeSurge,
    list: 'trde_qty_sdnin',
    body: { sort_tp: '1', tm_tp: '2', trde_qty_tp: '5', tm: '', stk_cnd: '0', pric_tp: '0' },
    read: volumeSurgeRow,
    volume: (row: z.infer<typeof volumeSurgeRow>) => row.now_trde_qty,
    value: nothing,
  },
}

function changes(sort: string): Kind {
  return {
    tr: TR.topChange,
    list: 'pred_pre_flu_rt_upper',
    body: { sort_tp: sort, ...ALL_CHANGES },
    read: topChangeRow,
    volume: (row: z.infer<typeof topChangeRow>) => row.now_trde_qty,
    value: nothing,
  }
}

/** A ranking, the first first. */
export async function ranking(asker: Asker, request: RankingRequest): Promise<RankedStock[]> {
  const kind = KINDS[request.ranking]
  const body = {
    mrkt_tp: request.market === undefined ? '000' : request.market === 'KOSPI' ? '001' : '101',
    ...kind.body,
    stex_tp: exchangeNumber(request.venue),
  }
  const ranked: RankedStock[] = []
  const options = { ...request, pages: request.pages ?? 1 }
  for await (const page of rowPages(asker.client, kind.tr, body, kind.list, options)) {
    for (const row of readRows(kind.read, page.rows, kind.tr.id, asker.refusals)) {
      ranked.push({
        rank: ranked.length + 1,
        ticker: row.stk_cd.ticker,
        venue: row.stk_cd.venue,
        name: row.stk_nm,
        price: row.cur_prc,
        change: known(row.flu_rt),
        // Sound: the row was read by the schema that stands beside these two.
        volume: known(kind.volume(row as never)),
        tradedValue: known(kind.value(row as never)),
      })
    }
  }
  return ranked
}
