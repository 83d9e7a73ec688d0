import type { SignalView } from '@ralph-stock/server/api'
import { useMemo, useState } from 'react'
import type { SignalStatus } from '../api/queries.js'
import type { StrategyView } from '../api/types.js'
import { useServices } from '../app/services.js'
import { useWords } from '../i18n/use-words.js'
import { useListedPrices } from '../live/use-live.js'
import { type Sorting, sortRows } from '../ui/sorting.js'
import { VirtualTable } from '../ui/virtual-table.js'
import { useBeforeClose } from './s-now.js'
import { useSignalColumns } from './signal-columns.js'
import { signalSortValue } from './sort-values.js'

/** The signals of a strategy, sorted as its reader wants. */
export function SignalTable({
  strategy,
  status,
  signals,
}: {
  readonly strategy: StrategyView
  readonly status: SignalStatus
  readonly signals: readonly SignalView[]
}) {
  const { say, t } = useWords()
  const { prices } = useServices()
  const [sorting, setSorting] = useState<Sorting>({ column: 'score', descending: true })
  const columns = useSignalColumns(strategy, status)
  const beforeClose = useBeforeClose()
  const best = strategy.grades[0]?.grade
  useListedPrices(useMemo(() => firstTickers(signals), [signals]))
  const rows = useMemo(
    () =>
      sortRows(
        signals,
        (signal) => signalSortValue(signal, sorting.column, prices.get),
        sorting.descending,
      ),
    [signals, sorting, prices],
  )
  return (
    <VirtualTable
      caption={`${say(strategy.label)} · ${t('signals.title')}`}
      className="signals"
      columns={columns}
      rows={rows}
      rowKey={(signal) => `${signal.signal_type} ${signal.id}`}
      rowClass={(signal) =>
        beforeClose && status === 'OPEN' && signal.grade === best ? 'stands-out' : ''
      }
      rowHeight={56}
      phoneRowHeight={124}
      sorting={sorting}
      onSort={setSorting}
    />
  )
}

function firstTickers(signals: readonly SignalView[]): readonly string[] {
  return [...new Set(signals.map(({ ticker }) => ticker))].slice(0, 100)
}
