import { directed, plus, rate, sign } from '../format.js'
import { type Paper, THEMES } from '../market/listings.js'
import {
  codeAt,
  exchangeOf,
  pageByCount,
  type Row,
  type TrAnswer,
  type TrContext,
  type TrHandler,
} from './answer.js'

const PATH = '/api/dostk/thme'

/** ka90001, ka90002. */
export const themeHandlers: Readonly<Record<string, TrHandler>> = {
  ka90001: {
    path: PATH,
    required: ['qry_tp', 'date_tp', 'flu_pl_amt_tp', 'stex_tp'],
    answer: themeGroups,
  },
  ka90002: { path: PATH, required: ['thema_grp_cd', 'stex_tp'], answer: themeStocks },
}

const FIRST_CODE = 100

const membersOf = (context: TrContext, theme: number): Paper[] =>
  context.market.papers.filter((paper) => paper.themes.includes(theme))

const changeOf = (context: TrContext, paper: Paper): number => {
  const { price, base } = context.market.quote(paper, 'KRX', context.moment)
  return (price / base - 1) * 100
}

function themeGroups(context: TrContext): TrAnswer {
  const { body } = context
  const rows = THEMES.flatMap((name, theme): Row[] => {
    const members = membersOf(context, theme)
    const asked = members.some((paper) => paper.code === body['stk_cd'])
    if (members.length === 0 || (body['qry_tp'] === '2' && !asked)) return []
    const changes = members.map((paper) => changeOf(context, paper))
    const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length
    return [
      {
        thema_grp_cd: String(FIRST_CODE + theme),
        thema_nm: name,
        stk_num: String(members.length),
        flu_sig: mean > 0 ? '2' : mean < 0 ? '5' : '3',
        flu_rt: plus(mean, 2),
        rising_stk_num: String(changes.filter((change) => change > 0).length),
        fall_stk_num: String(changes.filter((change) => change < 0).length),
        dt_prft_rt: plus(mean, 2),
        main_stk: members
          .slice(0, 2)
          .map((paper) => paper.name)
          .join(', '),
      },
    ]
  })
  return pageByCount(context, 'thema_grp', rows, 100)
}

const BLANK: Row = Object.fromEntries(
  [
    'stk_cd',
    'stk_nm',
    'cur_prc',
    'flu_sig',
    'pred_pre',
    'flu_rt',
    'acc_trde_qty',
    'sel_bid',
    'sel_req',
    'buy_bid',
    'buy_req',
    'dt_prft_rt_n',
  ].map((name) => [name, '']),
)

function themeStocks(context: TrContext): TrAnswer {
  const { market, moment, body } = context
  const venue = exchangeOf(body)
  const members = membersOf(context, Number(body['thema_grp_cd']) - FIRST_CODE)
  if (members.length === 0) {
    // A theme that does not exist: success, and one row of blanks.
    const fields = { flu_rt: '', dt_prft_rt: '', thema_comp_stk: [BLANK] }
    return { fields, rows: 1, next: null }
  }
  const rows = members.map((paper): Row => {
    const { price, base, volume } = market.quote(paper, 'KRX', moment)
    return {
      stk_cd: codeAt(paper, venue),
      stk_nm: paper.name,
      cur_prc: directed(price, base),
      flu_sig: sign(price, base),
      pred_pre: plus(price - base),
      flu_rt: rate(price, base),
      acc_trde_qty: String(volume),
      sel_bid: directed(price, base),
      sel_req: '100',
      buy_bid: directed(price, base),
      buy_req: '100',
      dt_prft_rt_n: rate(price, base),
    }
  })
  return pageByCount(context, 'thema_comp_stk', rows, 100, { flu_rt: '+0.10', dt_prft_rt: '+0.10' })
}
