import { sourcesOf } from '../columns/index.js'
import type { Criterion, Values } from '../strategy/criterion.js'
import type { Text } from '../strategy/text.js'
import type { Evidence } from './card.js'

/** The criterion's own words, or its label with the points. */
export function knownReason(criterion: Criterion, evidence: Evidence, points: number): Text {
  if (criterion.reason !== null) return criterion.reason(numbersOf(evidence), points)
  const { label, maxPoints } = criterion
  return {
    ko: `${label.ko}: ${points}/${maxPoints}점`,
    en: `${label.en}: ${points} of ${maxPoints} points`,
  }
}

function numbersOf(evidence: Evidence): Values {
  const values: Record<string, number> = {}
  for (const [name, value] of Object.entries(evidence)) values[name] = value ?? Number.NaN
  return values
}

/** Says which input is missing, and why as far as it can be told. */
export function unknownReason(criterion: Criterion, evidence: Evidence, bars: number): Text {
  const missing = criterion.inputNames.filter((name) => evidence[name] === null)
  const causes = new Map<string, Text>()
  for (const name of missing) {
    const cause = causeOf(criterion, name, bars)
    causes.set(cause.en, cause)
  }
  const all = [...causes.values()]
  return {
    ko: `알 수 없음: ${all.map((cause) => cause.ko).join(', ')}`,
    en: `Unknown: ${all.map((cause) => cause.en).join(', ')}`,
  }
}

const BY_SOURCE: ReadonlyArray<{ readonly prefix: string; readonly text: Text }> = [
  { prefix: 'news.', text: { ko: '분석된 뉴스 없음', en: 'no analysed news' } },
  {
    prefix: 'flows.',
    text: { ko: '필요한 날짜의 수급 자료 없음', en: 'no flows on a date it reads' },
  },
  {
    prefix: 'index.',
    text: { ko: '지수 자료 없음', en: 'no index value on a session it reads' },
  },
  {
    prefix: 'sessions.',
    text: {
      ko: '거래정지로 기간이 너무 김',
      en: 'halts stretch its bars over too many sessions',
    },
  },
]

function causeOf(criterion: Criterion, name: string, bars: number): Text {
  const column = criterion.inputs[name]
  if (column === undefined) return { ko: name, en: name }
  const needed = column.warmUp + 1
  if (bars < needed) {
    return {
      ko: `거래일 ${needed}일 필요 (${bars}일 있음)`,
      en: `needs ${needed} bars, has ${bars}`,
    }
  }
  if (column.operation.kind === 'cross-section') {
    return { ko: '비교할 종목 부족', en: 'too few peers to compare with' }
  }
  if (column.operation.kind === 'sectors') {
    return { ko: '집계할 업종 없음', en: 'no sector with enough members' }
  }
  const sources = sourcesOf(column)
  const known = BY_SOURCE.find(({ prefix }) => sources.some((source) => source.startsWith(prefix)))
  if (known !== undefined) return known.text
  return { ko: `${name} 계산 불가 (0으로 나눔)`, en: `${name} has a zero denominator` }
}
