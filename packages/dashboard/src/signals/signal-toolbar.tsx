import type { SignalStatus } from '../api/queries.js'
import type { StrategyView } from '../api/types.js'
import { useWords } from '../i18n/use-words.js'
import { Choices } from '../ui/choices.js'
import type { SignalFilter } from './filter.js'

/** What is shown of a strategy's signals. */
export function SignalToolbar({
  strategy,
  status,
  onStatus,
  filter,
  onFilter,
  count,
}: {
  readonly strategy: StrategyView
  readonly status: SignalStatus
  readonly onStatus: (status: SignalStatus) => void
  readonly filter: SignalFilter
  readonly onFilter: (filter: SignalFilter) => void
  readonly count: string
}) {
  const { t } = useWords()
  const all = { value: 'ALL', label: t('word.all') }
  const grades = strategy.grades.map(({ grade }) => ({ value: grade, label: grade }))
  return (
    <search className="toolbar" aria-label={t('signals.filter')}>
      <Choices
        legend={t('signals.status')}
        value={status}
        onChoose={onStatus}
        choices={[
          { value: 'OPEN', label: t('signals.OPEN') },
          { value: 'CLOSED', label: t('signals.CLOSED') },
        ]}
      />
      <Choices
        legend={t('word.grade')}
        value={filter.grade}
        onChoose={(grade) => onFilter({ ...filter, grade })}
        choices={[all, ...grades]}
      />
      <Choices
        legend={t('word.market')}
        value={filter.market}
        onChoose={(market) => onFilter({ ...filter, market })}
        choices={[all, ...['KOSPI', 'KOSDAQ'].map((value) => ({ value, label: value }))]}
      />
      <input
        className="field find"
        type="search"
        aria-label={t('signals.find')}
        placeholder={t('signals.find')}
        value={filter.text}
        onChange={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <span className="count" role="status">
        {count}
      </span>
    </search>
  )
}
