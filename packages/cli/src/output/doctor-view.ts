import type { SessionGap, StoreReport, SuspiciousBar } from '@ralph-stock/adapters-timescale'
import type { DoctorReport } from '../commands/doctor.js'
import { migrationTable } from './migrate-view.js'
import { whole } from './numbers.js'
import { type Screen, widthOf } from './screen.js'
import { renderTable } from './table.js'

type Line = readonly [name: string, text: string]

/** Findings of a kind that are asked for. */
export const LISTED = 20

/** Findings of a kind that are named one by one. */
const NAMED = 10

const ENGINES: Readonly<Record<StoreReport['kind'], string>> = {
  pglite: 'PGlite',
  postgres: 'PostgreSQL',
  timescale: 'TimescaleDB',
}

/** The state of a store as a page. */
export function doctorView(report: DoctorReport, screen: Screen): string[] {
  const { colors } = screen
  const ko = screen.language === 'ko'
  const lines = stateLines(report, ko)
  const width = Math.max(...lines.map(([name]) => widthOf(name)))
  return [
    colors.bold(report.where),
    ...lines.map(
      ([name, text]) => `  ${colors.dim(name)}${' '.repeat(width - widthOf(name))}  ${text}`,
    ),
    '',
    ...migrationTable(report.migrations, screen),
    '',
    ...(report.rows === null ? [] : [...rowTable(report.rows, screen), '']),
    ...findingTables(report, screen),
    conclusion(report, screen),
  ]
}

function stateLines({ kind, version, timescale, haltedDays }: DoctorReport, ko: boolean): Line[] {
  const short = version === null ? '' : ` (${version.split(' on ')[0]})`
  const none = ko ? '없음' : 'none'
  const lines: Line[] = [[ko ? '엔진' : 'engine', `${ENGINES[kind]}${short}`]]
  if (version !== null) {
    lines.push([ko ? '확장' : 'extension', timescale === null ? none : `TimescaleDB ${timescale}`])
  }
  if (haltedDays !== null) {
    const days = whole(haltedDays)
    lines.push([ko ? '거래정지' : 'halts', ko ? `${days}일` : `${days} days of all stocks`])
  }
  return lines
}

function rowTable(rows: Readonly<Record<string, number>>, screen: Screen): string[] {
  const ko = screen.language === 'ko'
  const names = Object.keys(rows)
  const counts = Object.values(rows).map(whole)
  return renderTable(
    [
      { head: ko ? '표' : 'table', align: 'left', dispensable: 0, cells: names },
      { head: ko ? '행' : 'rows', align: 'right', dispensable: 0, cells: counts },
    ],
    screen,
  )
}

function findingTables({ gaps, suspicious }: DoctorReport, screen: Screen): string[] {
  const ko = screen.language === 'ko'
  const section = (title: string, count: number, lines: readonly string[]): string[] => {
    const more =
      count > NAMED ? [`  ${screen.colors.dim(`+${counted(count - NAMED, count)}`)}`] : []
    return count === 0 ? [] : [`${title} ${counted(count, count)}`, ...lines, ...more, '']
  }
  return [
    ...section(
      ko ? '빠진 거래일이 있는 종목' : 'stocks that lack sessions',
      gaps?.length ?? 0,
      (gaps ?? []).slice(0, NAMED).map((gap) => `  ${gapText(gap, ko)}`),
    ),
    ...section(
      ko ? '의심스러운 봉' : 'suspicious bars',
      suspicious?.length ?? 0,
      (suspicious ?? []).slice(0, NAMED).map((bar) => `  ${barText(bar, ko)}`),
    ),
  ]
}

function gapText({ ticker, sessions, missing, lastDate }: SessionGap, ko: boolean): string {
  return ko
    ? `${ticker}  ${whole(sessions)}일 중 ${whole(missing)}일 없음, 마지막 ${lastDate}`
    : `${ticker}  ${whole(missing)} of ${whole(sessions)} missing, the last row is of ${lastDate}`
}

function barText({ ticker, date, why }: SuspiciousBar, ko: boolean): string {
  if (why === 'inconsistent') {
    return `${ticker}  ${date}  ${ko ? '시고저종이 어긋남' : 'low <= open, close <= high broken'}`
  }
  return `${ticker}  ${date}  ${ko ? '제한폭 초과' : 'beyond the price limit'}`
}

/** A list that is full may have more behind it. */
function counted(shown: number, length: number): string {
  return `${whole(shown)}${length >= LISTED ? '+' : ''}`
}

function conclusion(
  { pending, gaps, suspicious }: DoctorReport,
  { colors, language }: Screen,
): string {
  const ko = language === 'ko'
  if (pending.length > 0) {
    return colors.yellow(
      ko
        ? '적용하지 않은 단계가 있어 내용은 알 수 없습니다: ralph-stock migrate'
        : 'steps are pending, so the rest is not known: run "ralph-stock migrate"',
    )
  }
  const found = (gaps?.length ?? 0) + (suspicious?.length ?? 0)
  if (found === 0) return colors.green(ko ? '이상 없음' : 'nothing found')
  return ko ? '위의 항목을 확인하십시오' : 'look at what is listed above; scans work meanwhile'
}
