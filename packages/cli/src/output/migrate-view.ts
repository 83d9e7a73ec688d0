import type { MigrationStatus } from '@ralph-stock/adapters-timescale'
import type { MigrateReport } from '../commands/migrate.js'
import type { Screen } from './screen.js'
import { renderTable } from './table.js'

/** What `ralph-stock migrate` did, as a short page. */
export function migrateView(report: MigrateReport, screen: Screen): string[] {
  const ko = screen.language === 'ko'
  const title = screen.colors.bold(report.store)
  switch (report.step) {
    case 'up':
      return [
        title,
        ...report.taken.map((name) => `  ${name}  ${ko ? '적용함' : 'applied'}`),
        ...(report.taken.length === 0
          ? [ko ? '  이미 최신입니다' : '  nothing to do: the tables are up to date']
          : []),
      ]
    case 'down':
      return [title, `  ${takenBack(report.takenBack, ko)}`]
    case 'status':
      return [title, ...migrationTable(report.migrations, screen)]
  }
}

function takenBack(name: string | null, ko: boolean): string {
  if (name === null) return ko ? '되돌릴 단계가 없습니다' : 'nothing to take back'
  return ko
    ? `${name}  되돌림 (저장소를 쓰는 다음 명령이 다시 적용합니다)`
    : `${name}  taken back (the next command that uses the store applies it again)`
}

/** Every step of the tables: whether the store has it, and since when. */
export function migrationTable(
  migrations: readonly MigrationStatus[],
  screen: Screen,
): readonly string[] {
  const ko = screen.language === 'ko'
  const { green, yellow } = screen.colors
  const state = ({ appliedAt }: MigrationStatus): string => {
    if (appliedAt === null) return yellow(ko ? '대기' : 'pending')
    return green(ko ? '적용됨' : 'applied')
  }
  const column = (
    head: string,
    dispensable: number,
    cell: (one: MigrationStatus) => string,
  ): Parameters<typeof renderTable>[0][number] => ({
    head,
    align: 'left',
    dispensable,
    cells: migrations.map(cell),
  })
  return renderTable(
    [
      column(ko ? '단계' : 'migration', 0, ({ name }) => name),
      column(ko ? '상태' : 'state', 0, state),
      column(ko ? '적용 시각' : 'since', 1, ({ appliedAt }) => timeOf(appliedAt)),
    ],
    screen,
  )
}

/** To the second, in UTC. */
function timeOf(instant: Date | null): string {
  return instant === null ? '' : instant.toISOString().replace(/\.\d+Z$/, 'Z')
}
