import type { ChartView, SignalView } from '@ralph-stock/server/api'
import { useEffect, useRef } from 'react'
import { useServices } from '../app/services.js'
import { type Speech, useWords } from '../i18n/use-words.js'
import { useSettings } from '../settings/use-settings.js'
import type { FootprintView } from './annotation.js'
import { chartColours } from './chart-colours.js'
import type { Layers } from './chart-panel.js'
import { type DrawnChart, drawChart } from './draw-chart.js'
import type { PlanLines } from './plan.js'

/** The candles with all that is drawn over them; the last one follows the live price. */
export function CandleChart({
  chart,
  footprint,
  plan,
  signals,
  layers,
}: {
  readonly chart: ChartView
  readonly footprint: FootprintView | null
  readonly plan: PlanLines | null
  readonly signals: readonly SignalView[]
  readonly layers: Layers
}) {
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<DrawnChart | null>(null)
  const { prices } = useServices()
  const words: Speech = useWords()
  const { theme, colours } = useSettings()
  const dark = useDark(theme)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the style sheet, which the settings choose
  useEffect(() => {
    if (box.current === null) return
    const { t } = words
    drawn.current = drawChart(box.current, {
      chart,
      footprint,
      plan,
      signals,
      layers,
      locale: words.language === 'ko' ? 'ko-KR' : 'en-GB',
      colours: chartColours(box.current),
      labels: {
        entry: t('word.entry'),
        target: t('word.target'),
        stop: t('word.stop'),
        pivot: t('chart.pivot'),
      },
    })
    return () => {
      drawn.current?.remove()
      drawn.current = null
    }
  }, [chart, footprint, plan, signals, layers, words, dark, colours])

  useEffect(() => {
    if (!chart.live_bar) return
    return prices.subscribe(chart.ticker, () => {
      const quote = prices.get(chart.ticker)
      if (quote !== undefined) drawn.current?.follow(quote)
    })
  }, [chart, prices])

  return <div className="chart-box" ref={box} />
}

function useDark(theme: string): boolean {
  if (theme !== 'system') return theme === 'dark'
  return matchMedia('(prefers-color-scheme: dark)').matches
}
