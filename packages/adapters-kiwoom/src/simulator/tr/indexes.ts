import { clockTime, directed, million, minus, plus, rate, sign } from '../format.js'
import type { Row, TrAnswer, TrContext, TrHandler } from './answer.js'

/** ka20001, ka20003. */
export const indexHandlers: Readonly<Record<string, TrHandler>> = {
  ka20001: { path: '/api/dostk/sect', required: ['mrkt_tp', 'inds_cd'], answer: indexNow },
  ka20003: { path: '/api/dostk/sect', required: ['inds_cd'], answer: allIndexes },
}

const STEP_SECONDS = 10
const STEPS = 20
const CLOSED = 55_800
/** Codes of the sectors of one market must not run into those of the other. */
const MOST_SECTORS = 60

function indexNow(context: TrContext): TrAnswer {
  const { indexes, moment, body } = context
  const name = body['inds_cd'] === '101' ? 'KOSDAQ' : 'KOSPI'
  const level = indexes.now(name, moment)
  const breadth = indexes.breadth(name, moment)
  const { base, close } = level
  const stepped = moment.second - (moment.second % STEP_SECONDS)
  const rows: Row[] = []
  for (let step = 0; step < STEPS; step++) {
    const second = stepped - step * STEP_SECONDS
    const now = indexes.now(name, { ...moment, second })
    const before = indexes.now(name, { ...moment, second: second - STEP_SECONDS })
    rows.push({
      // After the close the first rows are closing sums, without a time.
      tm_n:
        moment.second > CLOSED && step < 2 ? (step === 0 ? '999999' : '888888') : clockTime(second),
      cur_prc_n: directed(now.close, base, 2),
      pred_pre_sig_n: sign(now.close, base),
      pred_pre_n: plus(now.close - base, 2),
      flu_rt_n: rate(now.close, base),
      trde_qty_n: minus((now.volume - before.volume) / 1000),
      acc_trde_qty_n: minus(now.volume / 1000),
    })
  }
  const fields = {
    cur_prc: directed(close, base, 2),
    pred_pre_sig: sign(close, base),
    pred_pre: plus(close - base, 2),
    flu_rt: rate(close, base),
    trde_qty: minus(level.volume / 1000),
    trde_prica: million(level.value),
    trde_frmatn_stk_num: String(breadth.traded),
    trde_frmatn_rt: '+97.04',
    open_pric: directed(level.open, base, 2),
    high_pric: directed(level.high, base, 2),
    low_pric: directed(level.low, base, 2),
    upl: '0',
    rising: String(breadth.rising),
    stdns: String(breadth.unchanged),
    fall: String(breadth.falling),
    lst: '0',
    '52wk_hgst_pric': directed(level.high * 1.1, base, 2),
    '52wk_hgst_pric_dt': '20260102',
    '52wk_hgst_pric_pre_rt': '-9.09',
    '52wk_lwst_pric': directed(level.low * 0.8, base, 2),
    '52wk_lwst_pric_dt': '20250407',
    '52wk_lwst_pric_pre_rt': '+25.00',
    inds_cur_prc_tm: rows,
  }
  return { fields, rows: rows.length, next: null }
}

function allIndexes(context: TrContext): TrAnswer {
  const { indexes, moment, body } = context
  const kosdaq = body['inds_cd'] === '101'
  const name = kosdaq ? 'KOSDAQ' : 'KOSPI'
  const level = indexes.now(name, moment)
  const breadth = indexes.breadth(name, moment)
  const first = kosdaq ? 101 : 1
  const names = [`종합(${name})`, ...context.market.sectors.slice(0, MOST_SECTORS)]
  const rows = names.map(
    (title, at): Row => ({
      stk_cd: String(first + at).padStart(3, '0'),
      stk_nm: title,
      cur_prc: directed(level.close, level.base, 2),
      pre_sig: sign(level.close, level.base),
      pred_pre: plus(level.close - level.base, 2),
      flu_rt: rate(level.close, level.base),
      trde_qty: minus(level.volume / 1000),
      wght: '',
      trde_prica: million(level.value),
      upl: '0',
      rising: String(breadth.rising),
      stdns: String(breadth.unchanged),
      fall: String(breadth.falling),
      lst: '0',
      flo_stk_num: String(breadth.rising + breadth.unchanged + breadth.falling),
    }),
  )
  return { fields: { all_inds_idex: rows }, rows: rows.length, next: null }
}
