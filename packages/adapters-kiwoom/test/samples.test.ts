import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedData } from '../../../tests/support/requirements.js'
import { createRefusals } from '../src/refusals.js'
import { innerCode, readAnswer } from '../src/rest/envelope.js'
import { dailyRow, indexDayRow, minuteRow, tickRow, weeklyRow } from '../src/schema/charts.js'
import type { Schema } from '../src/schema/fields.js'
import { indexNowBody, indexRow, indexStepRow } from '../src/schema/indexes.js'
import {
  foreignHoldingRow,
  institutionRow,
  investorChartRow,
  investorRow,
  streakRow,
} from '../src/schema/investors.js'
import { orderBookBody } from '../src/schema/order-book.js'
import { topChangeRow, topValueRow, topVolumeRow, volumeSurgeRow } from '../src/schema/rankings.js'
import { readRows } from '../src/schema/rows.js'
import { basicInfoBody, listRow } from '../src/schema/stocks.js'
import { themeRow, themeStockRow } from '../src/schema/themes.js'
import { foundRow, watchedRow } from '../src/socket/conditions.js'
import { createDecoder, type FrameSink } from '../src/socket/decode-frame.js'

const folder = sharedData('kiwoom/samples')

type Sample = Record<string, unknown>

/** The list of each TR and how its rows are read; null for a TR of one piece. */
const ROWS: Readonly<Record<string, readonly [string | null, Schema<object>]>> = {
  ka10099: ['list', listRow],
  ka10001: [null, basicInfoBody],
  ka10081: ['stk_dt_pole_chart_qry', dailyRow],
  ka10082: ['stk_stk_pole_chart_qry', weeklyRow],
  ka10080: ['stk_min_pole_chart_qry', minuteRow],
  ka10079: ['stk_tic_chart_qry', tickRow],
  ka20001: [null, indexNowBody],
  ka20003: ['all_inds_idex', indexRow],
  ka20006: ['inds_dt_pole_qry', indexDayRow],
  ka10059: ['stk_invsr_orgn', investorRow],
  ka10060: ['stk_invsr_orgn_chart', investorChartRow],
  ka10008: ['stk_frgnr', foreignHoldingRow],
  ka10045: ['stk_orgn_trde_trnsn', institutionRow],
  ka10131: ['orgn_frgnr_cont_trde_prst', streakRow],
  ka10004: [null, orderBookBody as Schema<object>],
  ka10030: ['tdy_trde_qty_upper', topVolumeRow],
  ka10032: ['trde_prica_upper', topValueRow],
  ka10027: ['pred_pre_flu_rt_upper', topChangeRow],
  ka10023: ['trde_qty_sdnin', volumeSurgeRow],
  ka90001: ['thema_grp', themeRow],
  ka90002: ['thema_comp_stk', themeStockRow],
  ka10172: ['data', foundRow],
  ka10173: ['data', watchedRow],
}

/** Samples whose values are known to be nonsense, and what must be said of them. */
const REFUSED: Readonly<Record<string, string>> = {
  // The official sample's values are shifted: a limit price where a date belongs, and so on.
  'ka10001 response': '',
  // A theme that does not exist: one row of blanks.
  'ka90002 captured': 'ka90002: stk_cd: no code',
}

describe.skipIf(folder === null)('samples of the broker', () => {
  const read = (name: string): Sample =>
    JSON.parse(readFileSync(join(folder ?? '', `${name}.json`), 'utf8')) as Sample

  const bodies = (sample: Sample): Array<[string, Sample]> => {
    const responses = sample['responses'] as Array<{ body: Sample }> | undefined
    const captured = sample['captured'] as { response: Sample } | undefined
    return [
      ...(sample['response'] === undefined ? [] : [['response', sample['response']]]),
      ...(responses ?? []).slice(0, 1).map(({ body }) => ['response', body]),
      ...(captured === undefined ? [] : [['captured', captured.response]]),
    ] as Array<[string, Sample]>
  }

  for (const [tr, [list, schema]] of Object.entries(ROWS)) {
    it(`reads ${tr}`, () => {
      for (const [label, body] of bodies(read(tr))) {
        const refusals = createRefusals()
        const rows = list === null ? [body] : (body[list] as unknown[])
        const good = readRows(schema, rows, tr, refusals)
        const known = REFUSED[`${tr} ${label}`]
        if (known === undefined) {
          expect(refusals.counts(), `${tr} ${label}`).toEqual({})
          expect(good.length).toBe(rows.length)
          for (const row of good) sane(row, `${tr} ${label}`)
        } else if (good.length < rows.length && known !== '') {
          expect(Object.keys(refusals.counts())).toEqual([known])
        }
      }
    })
  }

  it('gives the values that the documents tell of', () => {
    const daily = read('ka10081')['response'] as { stk_dt_pole_chart_qry: unknown[] }
    expect(dailyRow.parse(daily.stk_dt_pole_chart_qry[0])).toMatchObject({
      cur_prc: 70_100,
      trde_qty: 9_263_135,
      trde_prica: 648_525_000_000,
    })
    const weekly = read('ka10082')['response'] as { stk_stk_pole_chart_qry: unknown[] }
    expect(weeklyRow.parse(weekly.stk_stk_pole_chart_qry[0]).trde_prica).toBe(3_922_030_535_087)
    const investor = bodies(read('ka10059'))[1]?.[1] as { stk_invsr_orgn: unknown[] }
    expect(investorRow.parse(investor.stk_invsr_orgn[0])).toMatchObject({
      cur_prc: 144_400,
      flu_rt: 0.2997,
      orgn: -214,
    })
    const streak = bodies(read('ka10131'))[1]?.[1] as { orgn_frgnr_cont_trde_prst: unknown[] }
    expect(streakRow.parse(streak.orgn_frgnr_cont_trde_prst[0])).toMatchObject({
      frgnr_nettrde_qty: -49_612,
      frgnr_nettrde_amt: -1_152_000_000,
      frgnr_cont_netprps_dys: -2,
    })
    const index = read('ka20006')['response'] as { inds_dt_pole_qry: unknown[] }
    expect(indexDayRow.parse(index.inds_dt_pole_qry[0]).cur_prc).toBe(2521.27)
    const now = bodies(read('ka20001'))[1]?.[1] as { inds_cur_prc_tm: unknown[] }
    expect(indexNowBody.parse(now).cur_prc).toBe(8305.8)
    expect(indexStepRow.parse(now.inds_cur_prc_tm[0])).toMatchObject({ tm_n: '145120' })
    const info = bodies(read('ka10001'))[1]?.[1]
    expect(basicInfoBody.parse(info)).toMatchObject({
      cur_prc: 315_500,
      upl_pric: 434_000,
      mac: 1_844_500_900_000_000,
      flo_stk: 5_846_279_000,
      exp_cntr_pric: 0,
    })
    const found = bodies(read('ka10172'))[1]?.[1] as { data: unknown[] }
    expect(foundRow.parse(found.data[0])).toMatchObject({ '10': 19_600, '12': 0.0392 })
  })

  it('knows what each error is', () => {
    const { cases } = read('errors') as {
      cases: Array<{ http: number; body: { return_msg: string; return_code: number } }>
    }
    const outcomes = cases.map(({ http, body }) => {
      const answer = { status: http, header: () => '', body: JSON.stringify(body) }
      const outcome = readAnswer(answer, (text) => text)
      const what = 'error' in outcome ? outcome.error.code : outcome.kind
      return [innerCode(body.return_msg), what]
    })
    expect(outcomes).toEqual([
      ['8005', 'token'],
      ['8001', 'E_BROKER_CREDENTIALS'],
      ['8030', 'E_BROKER_CREDENTIALS'],
      ['1511', 'E_BROKER_REQUEST'],
      ['1504', 'E_BROKER_REQUEST'],
      ['1902', 'E_BROKER_NOT_FOUND'],
      ['1700', 'rate'],
      ['1700', 'rate'],
      ['1700', 'rate'],
    ])
  })

  it('reads every frame of the socket, or says why not', () => {
    const wanted = ['0B', '0D', '0H', '0J', '0s_lower', '0w_lower', '1h', 'ka10173']
    for (const file of readdirSync(folder ?? '')) {
      const name = file.replace('.json', '')
      if (!/^(0|1h|ka1017|ws-frames)/.test(name)) continue
      const refusals = createRefusals()
      const events: Array<readonly [string, object]> = []
      const sink: FrameSink = {
        emit: (kind, event) => events.push([kind, event]),
        control: () => {},
        lost: () => {},
      }
      const decode = createDecoder({ venue: 'KRX', now: () => NOON, refusals })
      let frames = 0
      for (const frame of framesOf(read(name))) {
        frames++
        decode(JSON.stringify(frame), sink)
      }
      if (!wanted.includes(name)) continue
      expect(frames, name).toBeGreaterThan(0)
      expect(events.length, name).toBeGreaterThan(0)
      expect(refusals.counts(), name).toEqual({})
      for (const [, event] of events) sane(event, name)
    }
  })
})

// Late enough for every sample's time of day.
const NOON = Date.UTC(2026, 6, 1, 9, 30)

function framesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(framesOf)
  const record = value as Record<string, unknown>
  if (record['trnm'] === 'REAL') return [record]
  return Object.values(record).flatMap(framesOf)
}

/** No number is infinite, no price negative, no count beyond what is traded on earth. */
function sane(value: object, label: string): void {
  for (const [name, part] of Object.entries(value)) {
    if (typeof part !== 'number' || Number.isNaN(part)) continue
    expect(Number.isFinite(part), `${label} ${name}`).toBe(true)
    if (/pric$|_prc$|^price$|qty$|volume$/.test(name) && !/nettrde|cont_|sdnin|chg/.test(name)) {
      expect(part, `${label} ${name}`).toBeGreaterThanOrEqual(0)
    }
    expect(Math.abs(part), `${label} ${name}`).toBeLessThan(1e17)
  }
}
