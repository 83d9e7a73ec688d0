import { useQuery } from '@tanstack/react-query'
import { useServices } from '../app/services.js'
import { formatNumber, formatPercent, formatShare } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'

/** How the closed signals of a strategy did. */
export function Performance({ strategy }: { readonly strategy: string }) {
  const { t } = useWords()
  const { queries } = useServices()
  const { data } = useQuery(queries.kpi())
  const kpi = Object.values(data ?? {}).find((one) => one.strategy === strategy)
  if (kpi === undefined) return null
  return (
    <p className="small muted" data-performance={strategy}>
      {t('signals.performance')}:{' '}
      {kpi.count === 0
        ? t('signals.performanceNone')
        : t('signals.performanceOf', {
            count: formatNumber(kpi.count),
            win: formatShare(kpi.win_rate),
            mean: formatPercent(kpi.avg_return),
          })}
    </p>
  )
}
