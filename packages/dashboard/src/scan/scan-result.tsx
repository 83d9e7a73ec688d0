import type { ScanResultView } from '@ralph-stock/server/api'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { problemOf } from '../api/problem.js'
import type { ScanEntry, StrategyView } from '../api/types.js'
import { useServices } from '../app/services.js'
import { formatNumber } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { matcherOf } from '../signals/filter.js'
import { Check, Choices } from '../ui/choices.js'
import { Panel } from '../ui/panel.js'
import { type Sorting, type SortValue, sortRows } from '../ui/sorting.js'
import { Loaded, Nothing } from '../ui/states.js'
import { VirtualTable } from '../ui/virtual-table.js'
import { useResultColumns } from './result-columns.js'

type Filter = { readonly grade: string; readonly screened: boolean; readonly text: string }

/** Every stock that a scan considered, best first. */
export function ScanResult({
  strategy,
  date,
}: {
  readonly strategy: StrategyView
  /** Of the session; empty for the one that is on, or the last. */
  readonly date: string
}) {
  const { t } = useWords()
  const { queries } = useServices()
  const query = useQuery(queries.scanResult(strategy.id, date === '' ? undefined : date))
  const neverRan = query.isError && problemOf(query.error).code === 'E_ENGINE_EMPTY'
  return (
    <Panel
      title={t('scan.result')}
      aside={
        query.data &&
        (query.data.live ? t('scan.live') : t('word.asOf', { date: query.data.as_of }))
      }
    >
      {neverRan ? (
        <Nothing>{t('scan.none')}</Nothing>
      ) : (
        <Loaded query={query} lines={12}>
          {(result) => <Rows result={result} strategy={strategy} />}
        </Loaded>
      )}
    </Panel>
  )
}

function Rows({
  result,
  strategy,
}: {
  readonly result: ScanResultView
  readonly strategy: StrategyView
}) {
  const { t, say } = useWords()
  const [filter, setFilter] = useState<Filter>({ grade: 'ALL', screened: false, text: '' })
  const [sorting, setSorting] = useState<Sorting>({ column: 'score', descending: true })
  const columns = useResultColumns(strategy)
  const applied = useDeferredValue(filter)
  const rows = useMemo(() => {
    const matches = matcherOf(applied.text)
    const kept = result.entries.filter((entry) => passes(entry, applied) && matches(entry.card))
    return sortRows(kept, (entry) => sortValue(entry, sorting.column), sorting.descending)
  }, [result, applied, sorting])
  return (
    <>
      <Counts result={result} strategy={strategy} />
      <search className="toolbar" aria-label={t('signals.filter')}>
        <Choices
          legend={t('word.grade')}
          value={filter.grade}
          onChoose={(grade) => setFilter({ ...filter, grade })}
          choices={[
            { value: 'ALL', label: t('word.all') },
            ...strategy.grades.map(({ grade }) => ({ value: grade, label: grade })),
          ]}
        />
        <Check
          label={t('scan.onlyScreened')}
          checked={filter.screened}
          onChange={(screened) => setFilter({ ...filter, screened })}
        />
        <input
          className="field find"
          type="search"
          aria-label={t('search.placeholder')}
          placeholder={t('search.placeholder')}
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.currentTarget.value })}
        />
        <span className="count" role="status">
          {t('scan.rows', {
            shown: formatNumber(rows.length),
            all: formatNumber(result.entries.length),
          })}
        </span>
      </search>
      {rows.length === 0 ? (
        <Nothing>{t('scan.noRows')}</Nothing>
      ) : (
        <VirtualTable
          caption={`${say(strategy.label)} · ${t('scan.result')}`}
          className="results"
          columns={columns}
          rows={rows}
          rowKey={({ card }) => card.ticker}
          rowHeight={52}
          phoneRowHeight={112}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
    </>
  )
}

function Counts({
  result,
  strategy,
}: {
  readonly result: ScanResultView
  readonly strategy: StrategyView
}) {
  const { t, say } = useWords()
  const nameOf = (id: string): string => {
    const label = strategy.criteria.find((one) => one.id === id)?.label
    return label === undefined ? id : say(label)
  }
  const unknown = Object.entries(result.unknown).filter(([, count]) => count > 0)
  return (
    <ul className="counts">
      {Object.entries(result.grades).map(([grade, count]) => (
        <li key={grade}>
          {grade} <strong>{formatNumber(count)}</strong>
        </li>
      ))}
      <li>{t('scan.screened', { count: formatNumber(result.screened) })}</li>
      {unknown.map(([id, count]) => (
        <li key={id} className="muted">
          {t('scan.unknown')}: {nameOf(id)} {formatNumber(count)}
        </li>
      ))}
    </ul>
  )
}

function passes({ card }: ScanEntry, { grade, screened }: Filter): boolean {
  return (grade === 'ALL' || card.grade === grade) && (!screened || card.screen.passed)
}

function sortValue({ card, quote }: ScanEntry, column: string): SortValue {
  switch (column) {
    case 'stock':
      return card.name
    case 'grade':
      return -'SABC'.indexOf(card.grade)
    case 'score':
      return card.score
    case 'coverage':
      return card.coverage
    case 'price':
      return quote?.change ?? null
    case 'value':
      return quote?.tradedValue ?? null
    default:
      return null
  }
}
