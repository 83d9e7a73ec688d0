import type { WriteCount } from '@ralph-stock/core'
import type { ImportReport, RowNote } from '../import/report.js'
import { whole } from './numbers.js'
import type { Screen } from './screen.js'

type Line = readonly [name: string, text: string]

/** What an import found and what became of it, as a short page. */
export function importView(report: ImportReport, screen: Screen): string[] {
  const { colors } = screen
  const ko = screen.language === 'ko'
  const lines: Line[] = [...fileLines(report, ko), ...findings(report, ko)]
  const width = Math.max(...lines.map(([name]) => name.length))
  const outcome = report.changed
    ? ko
      ? '저장했습니다'
      : 'stored'
    : ko
      ? '이미 있는 자료와 같아 바뀐 것이 없습니다'
      : 'nothing changed: the store held all of this already'
  return [
    `${colors.bold(report.folder)} → ${report.store}`,
    ...lines.map(([name, text]) => `  ${colors.dim(name.padEnd(width))}  ${text}`),
    ...writtenLines(report, ko).map((line) => `  ${line}`),
    colors.bold(report.changed ? colors.green(outcome) : outcome),
  ]
}

function fileLines(report: ImportReport, ko: boolean): Line[] {
  const { stocks, bars, flows, indexes } = report
  const kept = ko ? '유지' : 'kept'
  const of = (read: number, count: number): string => `${whole(count)} ${kept} / ${whole(read)}`
  const span = (from: string | null, to: string | null): string =>
    from === null ? '' : `, ${from} ~ ${to}`
  const markets = Object.entries(stocks.markets)
    .map(([market, count]) => `${market} ${whole(count)}`)
    .join(', ')
  const listed = report.listDateGiven
    ? report.listDate
    : `${report.listDate} (${ko ? '마지막 시세일; --list-date로 지정' : 'date of the last bar; set it with --list-date'})`
  const lines: Line[] = [
    [stocks.file, `${of(stocks.read, stocks.kept)}: ${markets}`],
    [ko ? '목록 날짜' : 'list date', listed],
    [bars.file, `${of(bars.read, bars.kept)}${span(bars.firstDate, bars.lastDate)}`],
  ]
  const none = ko ? '없음' : 'none'
  lines.push(
    flows === null
      ? ['flows.csv', none]
      : [flows.file, `${of(flows.read, flows.kept)}${span(flows.firstDate, flows.lastDate)}`],
    indexes === null
      ? ['index.csv', none]
      : [
          indexes.file,
          `${of(indexes.read, indexes.kept)}: ${indexes.names.join(', ')}${span(indexes.firstDate, indexes.lastDate)}`,
        ],
  )
  return lines
}

/** Rows named one by one before the rest is only counted. */
const NAMED = 5

function findings(report: ImportReport, ko: boolean): Line[] {
  const { stocks, bars, flows, indexes } = report
  const halts = bars.halts.openZero + bars.halts.flat
  const unknown = bars.refused.unknownTicker + (flows?.refused.unknownTicker ?? 0)
  const tickers = [...new Set([...bars.unknownTickers, ...(flows?.unknownTickers ?? [])])]
  const repeats =
    stocks.refused.duplicate +
    bars.refused.duplicate +
    (flows?.refused.duplicate ?? 0) +
    (indexes?.refused.duplicate ?? 0)
  const incomplete = [bars, flows, indexes].filter((one) => one !== null && !one.complete)
  const found: Array<readonly [count: number, name: string, text: string]> = [
    [
      halts,
      ko ? '거래정지' : 'halts',
      `${whole(halts)} (${ko ? '시가 0' : 'open 0'} ${whole(bars.halts.openZero)}, ${ko ? '가격 동일' : 'flat'} ${whole(bars.halts.flat)}), ${ko ? '봉이 아닌 정지로 저장' : 'kept as halts, not as bars'}`,
    ],
    [
      bars.repaired.length,
      ko ? '보정' : 'repaired',
      `${noteList(bars.repaired)} ${ko ? '(고가·저가를 1원 넓힘)' : '(high or low widened by 1 won)'}`,
    ],
    [
      bars.inconsistent.length,
      ko ? '버림' : 'dropped',
      `${noteList(bars.inconsistent)} ${ko ? '(시고저종이 어긋남)' : '(low <= open, close <= high broken)'}`,
    ],
    [
      bars.beyondLimit.length,
      ko ? '제한폭 초과' : 'beyond ±30 %',
      `${noteList(bars.beyondLimit)} ${ko ? '(표시만 함)' : '(kept, only flagged)'}`,
    ],
    [
      unknown,
      ko ? '목록에 없음' : 'not in the list',
      `${whole(unknown)} ${ko ? '행 거부' : 'rows refused'}: ${shortList(tickers)}`,
    ],
    [repeats, ko ? '중복' : 'repeated', `${whole(repeats)} ${ko ? '행 버림' : 'rows dropped'}`],
    [
      flows?.refused.blank ?? 0,
      ko ? '빈 수급' : 'blank flows',
      `${whole(flows?.refused.blank ?? 0)} ${ko ? '행 버림' : 'rows dropped'}`,
    ],
    [
      report.missingSessions.length,
      ko ? '빠진 거래일' : 'missing sessions',
      shortList(report.missingSessions.map(({ of, date }) => `${of} ${date}`)),
    ],
    [
      report.offCalendar.length,
      ko ? '휴장일 자료' : 'off the calendar',
      shortList(report.offCalendar),
    ],
    [
      stocks.blankSectors,
      ko ? '업종 없음' : 'blank sectors',
      `${whole(stocks.blankSectors)} / ${whole(stocks.kept)}`,
    ],
    [
      incomplete.length,
      ko ? '끝 줄' : 'last line',
      `${incomplete.map((one) => one?.file).join(', ')} ${ko ? '에 줄 끝이 없음: 잘린 파일인지 확인' : 'has no line end: check that the file is complete'}`,
    ],
  ]
  return found.filter(([count]) => count > 0).map(([, name, text]) => [name, text])
}

function writtenLines({ written, demoRemoved }: ImportReport, ko: boolean): string[] {
  const count = ({ inserted, updated, unchanged }: WriteCount): string =>
    ko
      ? `추가 ${whole(inserted)}, 수정 ${whole(updated)}, 그대로 ${whole(unchanged)}`
      : `${whole(inserted)} inserted, ${whole(updated)} updated, ${whole(unchanged)} unchanged`
  const kinds: ReadonlyArray<readonly [string, WriteCount]> = [
    [ko ? '종목' : 'stocks', written.stocks],
    [ko ? '시세' : 'bars', written.bars],
    [ko ? '수급' : 'flows', written.flows],
    [ko ? '지수' : 'indexes', written.indexes],
  ]
  const lines = kinds
    .filter(([, one]) => one.inserted + one.updated + one.unchanged > 0)
    .map(([name, one]) => `${name}: ${count(one)}`)
  if (demoRemoved)
    lines.unshift(ko ? '데모 자료를 지웠습니다' : 'the invented demo market was removed')
  return lines
}

function noteList(notes: readonly RowNote[]): string {
  return `${whole(notes.length)}: ${shortList(notes.map(({ ticker, date, found }) => `${ticker} ${date} ${found}`))}`
}

function shortList(items: readonly string[]): string {
  const rest = items.length - NAMED
  const named = items.slice(0, NAMED).join(', ')
  return rest > 0 ? `${named}, +${whole(rest)}` : named
}
