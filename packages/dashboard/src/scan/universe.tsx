import type { UniverseView } from '@ralph-stock/server/api'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { useServices } from '../app/services.js'
import { formatNumber } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { matcherOf } from '../signals/filter.js'
import type { Column } from '../ui/column.js'
import { Panel } from '../ui/panel.js'
import { type Sorting, sortRows } from '../ui/sorting.js'
import { Loaded, Nothing } from '../ui/states.js'
import { VirtualTable } from '../ui/virtual-table.js'

type Excluded = UniverseView['excluded'][number]

/** Who is considered, and who was left out and why. */
export function Universe() {
  const { t } = useWords()
  const { queries } = useServices()
  const query = useQuery(queries.universe())
  return (
    <Panel
      title={t('scan.universe')}
      aside={
        query.data &&
        t('scan.universeOf', {
          date: query.data.as_of,
          eligible: formatNumber(query.data.eligible),
          excluded: formatNumber(query.data.excluded.length),
        })
      }
    >
      <Loaded query={query} lines={6}>
        {(universe) => <ExcludedList excluded={universe.excluded} />}
      </Loaded>
    </Panel>
  )
}

function ExcludedList({ excluded }: { readonly excluded: readonly Excluded[] }) {
  const { t, word } = useWords()
  const [reason, setReason] = useState('ALL')
  const [text, setText] = useState('')
  const [sorting, setSorting] = useState<Sorting>({ column: 'reason', descending: false })
  const wanted = useDeferredValue(text)
  const columns = useExcludedColumns()
  const counts = useMemo(() => countReasons(excluded), [excluded])
  const rows = useMemo(() => {
    const matches = matcherOf(wanted)
    const kept = excluded.filter(
      (one) => (reason === 'ALL' || one.reason === reason) && matches(one),
    )
    const by = (one: Excluded): string =>
      sorting.column === 'name' ? one.name : sorting.column === 'market' ? one.market : one.reason
    return sortRows(kept, by, sorting.descending)
  }, [excluded, reason, wanted, sorting])
  return (
    <>
      <search className="toolbar" aria-label={t('scan.reason')}>
        <label className="labelled">
          <span>{t('scan.reason')}</span>
          <select
            className="field"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          >
            <option value="ALL">
              {t('word.all')} ({formatNumber(excluded.length)})
            </option>
            {counts.map(([name, count]) => (
              <option key={name} value={name}>
                {word('reason', name)} ({formatNumber(count)})
              </option>
            ))}
          </select>
        </label>
        <input
          className="field find"
          type="search"
          aria-label={`${t('scan.excluded')}: ${t('search.placeholder')}`}
          placeholder={t('search.placeholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </search>
      {rows.length === 0 ? (
        <Nothing>{t('scan.noRows')}</Nothing>
      ) : (
        <VirtualTable
          caption={t('scan.excluded')}
          className="excluded"
          columns={columns}
          rows={rows}
          rowKey={({ ticker }) => ticker}
          rowHeight={38}
          phoneRowHeight={56}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
    </>
  )
}

function useExcludedColumns(): readonly Column<Excluded>[] {
  const { t, word } = useWords()
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('word.stock'),
        width: '45%',
        sorts: 'up',
        cell: ({ ticker, name }) => (
          <a href={`/stocks/${ticker}`}>
            {name} <span className="muted">{ticker}</span>
          </a>
        ),
      },
      {
        id: 'market',
        label: t('word.market'),
        width: '7rem',
        sorts: 'up',
        cell: ({ market }) => market,
      },
      {
        id: 'reason',
        label: t('scan.reason'),
        width: '40%',
        sorts: 'up',
        cell: ({ reason }) => word('reason', reason),
      },
    ],
    [t, word],
  )
}

// Most frequent first.
function countReasons(excluded: readonly Excluded[]): [reason: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { reason } of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
