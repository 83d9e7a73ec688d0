import { useWords } from '../i18n/use-words.js'
import { useStrategyName } from '../ui/use-strategies.js'
import { LINE_COLOURS } from './chart-colours.js'
import type { Layers } from './chart-panel.js'
import type { PlanLines } from './plan.js'

/** What each line of the chart is. */
export function ChartLegend({
  layers,
  plan,
}: {
  readonly layers: Layers
  readonly plan: PlanLines | null
}) {
  const { t } = useWords()
  const nameOf = useStrategyName()
  const lines: [label: string, colour: string][] = []
  if (layers.averages) {
    for (const days of [5, 20, 50, 200] as const) {
      lines.push([t('chart.days', { days }), LINE_COLOURS[`ma${days}`]])
    }
  }
  if (layers.bands) lines.push([t('chart.bands'), LINE_COLOURS.band])
  if (layers.footprint) lines.push([t('chart.footprint'), LINE_COLOURS.footprint])
  return (
    <figcaption className="chart-legend">
      {lines.map(([label, colour]) => (
        <span key={label}>
          <i style={{ color: colour }} />
          {label}
        </span>
      ))}
      {layers.plan && plan !== null && (
        <span>
          {t('chart.planOf')}: {nameOf(plan.strategyId)}
        </span>
      )}
    </figcaption>
  )
}
