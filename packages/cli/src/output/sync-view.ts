import type { SyncReport } from '../commands/sync.js'
import { whole } from './numbers.js'
import { type Screen, widthOf } from './screen.js'

type Line = readonly [name: string, text: string]

/** Items of a list that are named one by one. */
const NAMED = 5

/** What a sync brought, as a short page. */
export function syncView(report: SyncReport, screen: Screen): string[] {
  const { colors } = screen
  const ko = screen.language === 'ko'
  const lines = linesOf(report, ko)
  const width = Math.max(...lines.map(([name]) => widthOf(name)))
  return [
    `${colors.bold(`Kiwoom (${report.environment})`)} → ${report.store}`,
    ...lines.map(
      ([name, text]) => `  ${colors.dim(name)}${' '.repeat(width - widthOf(name))}  ${text}`,
    ),
  ]
}

function linesOf(report: SyncReport, ko: boolean): Line[] {
  const { done, failed, skipped, bars, flows, indexBars, through } = report
  const { readjusted, failures, removed, refusals } = report
  const complete = ko ? `이미 있음 ${whole(skipped)}` : `${whole(skipped)} complete already`
  const lines: Line[] = [
    [ko ? '마지막 거래일' : 'through', through],
    [
      ko ? '종목' : 'stocks',
      ko
        ? `받음 ${whole(done - failed)}, ${complete}`
        : `${whole(done - failed)} synced, ${complete}`,
    ],
    [
      ko ? '행' : 'rows',
      ko
        ? `일봉 ${whole(bars)}, 수급 ${whole(flows)}, 지수 ${whole(indexBars)}`
        : `${whole(bars)} bars, ${whole(flows)} flows, ${whole(indexBars)} of indexes`,
    ],
  ]
  if (removed.length > 0) {
    lines.push([
      ko ? '지움' : 'removed',
      ko ? `꾸며낸 자료 (${removed.join(', ')})` : `the invented market (${removed.join(', ')})`,
    ])
  }
  if (readjusted.length > 0) {
    lines.push([ko ? '수정주가 반영' : 'adjusted since', shortList(readjusted)])
  }
  if (failures.length > 0) {
    const named = failures.map(({ ticker, code }) => `${ticker} ${code}`)
    lines.push([ko ? '실패' : 'failed', shortList(named)])
  }
  const refused = Object.entries(refusals).map(([reason, count]) => `${reason} ${whole(count)}`)
  if (refused.length > 0) lines.push([ko ? '거부한 행' : 'refused rows', shortList(refused)])
  return lines
}

function shortList(items: readonly string[]): string {
  const rest = items.length - NAMED
  const named = items.slice(0, NAMED).join(', ')
  return rest > 0
    ? `${whole(items.length)}: ${named}, +${whole(rest)}`
    : `${whole(items.length)}: ${named}`
}
