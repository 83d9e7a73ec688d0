import './signals.css'
import '../ui/controls.css'
import type { SignalView } from '@ralph-stock/server/api'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { SignalStatus } from '../api/queries.js'
import type { StrategyView } from '../api/types.js'
import { useServices } from '../app/services.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth, usePolling } from '../live/use-live.js'
import { Loaded, Nothing } from '../ui/states.js'
import { StrategyTabs } from '../ui/strategy-tabs.js'
import { usePageTitle } from '../ui/use-page-title.js'
import { useQueryParam } from '../ui/use-query-param.js'
import { filterSignals, NO_FILTER, type SignalFilter } from './filter.js'
import { Performance } from './performance.js'
import { SNow } from './s-now.js'
import { SignalTable } from './signal-table.js'
import { SignalToolbar } from './signal-toolbar.js'
import { signalStrategies } from './strategies.js'

/** The signals, one table per strategy. */
export function SignalsPage() {
  const { t } = useWords()
  const health = useHealth()
  const id = useId()
  usePageTitle(t('signals.title'))
  const strategies = signalStrategies(health.data)
  const [asked, setAsked] = useQueryParam('strategy', 'closing-bet')
  const strategy = strategies.find((one) => one.id === asked) ?? strategies[0]
  return (
    <>
      <div className="page-head">
        <h1>{t('signals.title')}</h1>
        {strategy !== undefined && <Performance strategy={strategy.id} />}
      </div>
      <Loaded query={health} lines={10}>
        {() =>
          strategy !== undefined && (
            <>
              <StrategyTabs
                label={t('signals.strategies')}
                panel={id}
                strategies={strategies}
                chosen={strategy.id}
                onChoose={setAsked}
              />
              <div id={id} role="tabpanel" aria-label={t('signals.title')}>
                <StrategySignals key={strategy.id} strategy={strategy} />
              </div>
            </>
          )
        }
      </Loaded>
    </>
  )
}

function StrategySignals({ strategy }: { readonly strategy: StrategyView }) {
  const { t } = useWords()
  const { queries } = useServices()
  const [status, setStatus] = useState<SignalStatus>('OPEN')
  const [filter, setFilter] = useState<SignalFilter>(NO_FILTER)
  const query = useQuery({
    ...queries.signals(strategy.id, status),
    refetchInterval: usePolling(),
  })
  // Typing stays quick while a long table is being filtered.
  const applied = useDeferredValue(filter)
  const signals = query.data
  const shown = useMemo(() => filterSignals(signals ?? [], applied), [signals, applied])
  return (
    <>
      {status === 'OPEN' && <SNow strategy={strategy} signals={signals ?? []} />}
      <SignalToolbar
        strategy={strategy}
        status={status}
        onStatus={setStatus}
        filter={filter}
        onFilter={setFilter}
        count={t('signals.count', { shown: shown.length, all: signals?.length ?? 0 })}
      />
      <Loaded query={query} lines={12}>
        {(all) =>
          rowsOrNothing(all, shown, {
            table: <SignalTable strategy={strategy} status={status} signals={shown} />,
            none: (
              <Nothing>
                <p>{t('signals.empty')}</p>
                <Link href={`/scan?strategy=${strategy.id}`}>{t('signals.emptyHint')}</Link>
              </Nothing>
            ),
            noMatch: (
              <Nothing>
                <p>{t('signals.noMatch')}</p>
                <button type="button" className="button" onClick={() => setFilter(NO_FILTER)}>
                  {t('signals.clear')}
                </button>
              </Nothing>
            ),
          })
        }
      </Loaded>
    </>
  )
}

function rowsOrNothing(
  all: readonly SignalView[],
  shown: readonly SignalView[],
  faces: { readonly table: ReactNode; readonly none: ReactNode; readonly noMatch: ReactNode },
): ReactNode {
  if (all.length === 0) return faces.none
  return shown.length === 0 ? faces.noMatch : faces.table
}
