import { DATE_REASONS, LISTING_RULES, type Text } from '@ralph-stock/core'

const text = (ko: string, en: string): Text => ({ ko, en })

/** What the tables and pages say in a word or two. */
export type WordName =
  | 'rank'
  | 'ticker'
  | 'name'
  | 'market'
  | 'grade'
  | 'score'
  | 'criteria'
  | 'points'
  | 'close'
  | 'change'
  | 'value'
  | 'target'
  | 'stop'
  | 'coverage'
  | 'notes'
  | 'sector'
  | 'members'
  | 'outcome'
  | 'reason'
  | 'evidence'
  | 'entry'
  | 'quantity'
  | 'pass'
  | 'partial'
  | 'fail'
  | 'unknown'
  | 'none'
  | 'demo'

/** Words of the tables and pages, by name. */
export const WORDS: Readonly<Record<WordName, Text>> = {
  rank: text('#', '#'),
  ticker: text('코드', 'ticker'),
  name: text('종목', 'name'),
  market: text('시장', 'market'),
  grade: text('등급', 'grade'),
  score: text('점수', 'score'),
  criteria: text('항목', 'criteria'),
  points: text('항목별 점수', 'points'),
  close: text('종가', 'close'),
  change: text('등락', 'day'),
  value: text('대금(억)', 'value 억'),
  target: text('목표', 'target'),
  stop: text('손절', 'stop'),
  coverage: text('파악', 'known'),
  notes: text('비고', 'notes'),
  sector: text('업종', 'sector'),
  members: text('종목 수', 'stocks'),
  outcome: text('판정', 'outcome'),
  reason: text('이유', 'why'),
  evidence: text('근거', 'evidence'),
  entry: text('진입', 'entry'),
  quantity: text('수량', 'quantity'),
  pass: text('충족', 'pass'),
  partial: text('일부', 'part'),
  fail: text('미달', 'fail'),
  unknown: text('불명', 'unknown'),
  none: text('조건에 맞는 종목이 없습니다', 'no stock passes the screen'),
  demo: text(
    '데모 자료: 모든 종목과 시세는 꾸며낸 것입니다',
    'DEMO DATA: every stock and price here is invented',
  ),
}

/** What a note on a card, or a condition that a screen failed, means. */
const NOTES: Readonly<Record<string, Text>> = {
  'locked-at-limit': text('상한가 잠김', 'locked at limit'),
  'market-gate-red': text('마켓 게이트 RED', 'market gate RED'),
  provisional: text('수급 잠정', 'flows provisional'),
  'above-budget': text('예산 초과', 'above budget'),
  grade: text('등급 미달', 'grade too low'),
  score: text('점수 미달', 'score too low'),
}

/** A note in words; its id where it has none. */
export function noteText(id: string): Text {
  return NOTES[id] ?? text(id, id)
}

const REASONS: Readonly<Record<string, Text>> = {
  ...DATE_REASONS,
  ...Object.fromEntries(LISTING_RULES.map(({ reason, label }) => [reason, label])),
}

/** Why a stock is left out, in words. */
export function reasonText(reason: string): Text {
  return REASONS[reason] ?? text(reason, reason)
}
