import './scan.css'
import '../signals/signals.css'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useServices } from '../app/services.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth, usePolling } from '../live/use-live.js'
import { stockStrategies } from '../signals/strategies.js'
import { Panel } from '../ui/panel.js'
import { Loaded } from '../ui/states.js'
import { usePageTitle } from '../ui/use-page-title.js'
import { useQueryParam } from '../ui/use-query-param.js'
import { ScanForm } from './scan-form.js'
import { ScanProgress } from './scan-progress.js'
import { ScanResult } from './scan-result.js'
import { Universe } from './universe.js'

/** Starts scans, follows them, and shows what they found and whom they left out. */
export function ScanPage() {
  const { t } = useWords()
  const health = useHealth()
  usePageTitle(t('scan.title'))
  const strategies = stockStrategies(health.data)
  const [asked, choose] = useQueryParam('strategy', 'closing-bet')
  const [date, setDate] = useQueryParam('date', '')
  const strategy = strategies.find(({ id }) => id === asked) ?? strategies[0]
  return (
    <>
      <div className="page-head">
        <h1>{t('scan.title')}</h1>
      </div>
      <Loaded query={health} lines={10}>
        {() =>
          strategy !== undefined && (
            <div className="scan-grid">
              <ScanPanel
                key={strategy.id}
                strategy={strategy.id}
                form={(props) => (
                  <ScanForm
                    strategies={strategies}
                    strategy={strategy}
                    onStrategy={choose}
                    date={date}
                    onDate={setDate}
                    {...props}
                  />
                )}
              />
              <ScanResult key={`result ${strategy.id}`} strategy={strategy} date={date} />
              <Universe />
            </div>
          )
        }
      </Loaded>
    </>
  )
}

function ScanPanel({
  strategy,
  form,
}: {
  readonly strategy: string
  readonly form: (props: {
    readonly busy: boolean
    readonly onStarted: (job: string) => void
  }) => React.ReactNode
}) {
  const { t } = useWords()
  const { queries } = useServices()
  const state = useQuery({ ...queries.scanState(strategy), refetchInterval: usePolling() })
  const [started, setStarted] = useState<string | null>(null)
  const running = state.data?.running ?? undefined
  const job = started ?? running?.id ?? null
  const [ended, setEnded] = useState<string | null>(null)
  return (
    <Panel title={t('scan.start')}>
      {form({ busy: job !== null && ended !== job, onStarted: setStarted })}
      {job !== null && (
        <ScanProgress
          key={job}
          job={job}
          strategy={strategy}
          known={running}
          onEnd={() => setEnded(job)}
        />
      )}
    </Panel>
  )
}
