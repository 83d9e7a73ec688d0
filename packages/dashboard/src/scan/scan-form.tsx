import '../ui/controls.css'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { StartedJob, StrategyView } from '../api/types.js'
import { useServices } from '../app/services.js'
import { useWords } from '../i18n/use-words.js'
import { Check } from '../ui/choices.js'
import { Problem } from '../ui/states.js'

type Market = 'ALL' | 'KOSPI' | 'KOSDAQ'

/** What to scan, and the button that does. */
export function ScanForm({
  strategies,
  strategy,
  onStrategy,
  date,
  onDate,
  busy,
  onStarted,
}: {
  readonly strategies: readonly StrategyView[]
  readonly strategy: StrategyView
  readonly onStrategy: (id: string) => void
  readonly date: string
  readonly onDate: (date: string) => void
  readonly busy: boolean
  readonly onStarted: (job: string) => void
}) {
  const { t, say } = useWords()
  const { api } = useServices()
  const [market, setMarket] = useState<Market>('ALL')
  const [save, setSave] = useState(true)
  const start = useMutation({
    mutationFn: () =>
      api.post<StartedJob>(`/api/kr/scan/${strategy.id}`, {
        market,
        save,
        ...(date === '' ? {} : { date }),
      }),
    onSuccess: ({ job }) => onStarted(job.id),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    start.mutate()
  }
  return (
    <>
      <form className="scan-form" onSubmit={submit}>
        <label className="labelled">
          <span>{t('scan.strategy')}</span>
          <select
            className="field"
            value={strategy.id}
            onChange={(event) => onStrategy(event.currentTarget.value)}
          >
            {strategies.map(({ id, label }) => (
              <option key={id} value={id}>
                {say(label)}
              </option>
            ))}
          </select>
        </label>
        <label className="labelled">
          <span>{t('scan.date')}</span>
          <input
            className="field"
            type="date"
            value={date}
            onChange={(event) => onDate(event.currentTarget.value)}
          />
        </label>
        <label className="labelled">
          <span>{t('word.market')}</span>
          <select
            className="field"
            value={market}
            onChange={(event) => {
              const { value } = event.currentTarget
              setMarket(value === 'KOSPI' || value === 'KOSDAQ' ? value : 'ALL')
            }}
          >
            <option value="ALL">{t('word.all')}</option>
            <option value="KOSPI">KOSPI</option>
            <option value="KOSDAQ">KOSDAQ</option>
          </select>
        </label>
        <Check label={t('scan.save')} checked={save} onChange={setSave} />
        <button type="submit" className="button primary" disabled={busy || start.isPending}>
          {start.isPending ? t('scan.starting') : t('scan.start')}
        </button>
      </form>
      {start.isError && <Problem error={start.error} />}
    </>
  )
}
