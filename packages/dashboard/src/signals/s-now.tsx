import type { SignalView } from '@ralph-stock/server/api'
import type { StrategyView } from '../api/types.js'
import { useMarketTime } from '../app/services.js'
import { untilNext } from '../app/status-pills.js'
import { formatDuration } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth } from '../live/use-live.js'

/** Whether the market is still open, so that a grade can be acted on before the close. */
export function useBeforeClose(): boolean {
  const { data } = useHealth()
  return ['regular', 'closing-auction'].includes(data?.session.phase ?? '')
}

/** The best grade while there is time to act on it. */
export function SNow({
  strategy,
  signals,
}: {
  readonly strategy: StrategyView
  readonly signals: readonly SignalView[]
}) {
  const { t, language } = useWords()
  const { data } = useHealth()
  const now = useMarketTime()
  const before = useBeforeClose()
  const best = strategy.grades[0]?.grade
  const count = signals.filter(({ grade }) => grade === best).length
  const left = data === undefined || now === null ? null : untilNext(data.session, now)
  if (!before || count === 0 || left === null || !left.closes) return null
  return (
    <p className="s-now">{t('signals.sNow', { count, time: formatDuration(left.ms, language) })}</p>
  )
}
