import type { ApiKey } from '@ralph-stock/adapters-timescale'
import type { Screen } from './screen.js'
import { renderTable, type TableColumn } from './table.js'

/** A new key: this is the only time that its text is shown. */
export function createdKeyView(
  { text, key }: { readonly text: string; readonly key: ApiKey },
  { colors, language }: Screen,
): string[] {
  const ko = language === 'ko'
  return [
    `${colors.bold(ko ? '새 키' : 'New key')} ${key.id}, ${key.name}, ${key.scope}`,
    `  ${colors.green(text)}`,
    ko ? '다시 보여 드리지 않습니다. 지금 보관하세요.' : 'It is shown this once; keep it now.',
    colors.dim('  Authorization: Bearer ...'),
  ]
}

/** Keys as a table. */
export function keysView(keys: readonly ApiKey[], screen: Screen): string[] {
  const ko = screen.language === 'ko'
  if (keys.length === 0) return [ko ? '키가 없습니다' : 'there are no keys']
  const day = (at: Date | null): string => at?.toISOString().slice(0, 16).replace('T', ' ') ?? '-'
  const state = ({ isActive }: ApiKey): string =>
    isActive ? (ko ? '사용' : 'active') : ko ? '폐기' : 'revoked'
  const column = (head: string, cell: (key: ApiKey) => string): TableColumn => ({
    head,
    align: 'left',
    cells: keys.map(cell),
    dispensable: 0,
  })
  return renderTable(
    [
      column(ko ? '번호' : 'id', ({ id }) => String(id)),
      column(ko ? '이름' : 'name', ({ name }) => name),
      column(ko ? '범위' : 'scope', ({ scope }) => scope),
      column(ko ? '상태' : 'state', state),
      column(ko ? '만료' : 'expires', ({ expiresAt }) => day(expiresAt)),
      column(ko ? '마지막 사용' : 'last used', ({ lastUsedAt }) => day(lastUsedAt)),
    ],
    screen,
  )
}
