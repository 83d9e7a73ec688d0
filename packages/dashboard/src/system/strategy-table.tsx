import type { StrategyView } from '../api/types.js'
import { formatPoints } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { PlainTable } from '../ui/plain-table.js'

/** The strategies with their versions and grades. */
export function StrategyTable({ strategies }: { readonly strategies: readonly StrategyView[] }) {
  const { t, say } = useWords()
  return (
    <PlainTable
      caption={t('system.strategies')}
      headings={[t('system.strategy'), t('word.version'), t('system.maxScore'), t('system.grades')]}
      rows={strategies.map((strategy) => ({
        key: strategy.id,
        cells: [
          say(strategy.label),
          strategy.version,
          `${formatPoints(strategy.maxScore)} · ${t('system.criteria', { count: strategy.criteria.length })}`,
          strategy.grades
            .map(({ grade, from }) => (from === null ? grade : `${grade} ≥ ${formatPoints(from)}`))
            .join(', '),
        ],
      }))}
    />
  )
}
