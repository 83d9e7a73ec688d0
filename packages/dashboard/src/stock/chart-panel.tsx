import type { ChartView, ScoreCardView, SignalView } from '@ralph-stock/server/api'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useServices } from '../app/services.js'
import { formatPrice } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { usePolling } from '../live/use-live.js'
import { Check, Choices } from '../ui/choices.js'
import { Panel } from '../ui/panel.js'
import { Loaded, Nothing, Skeleton } from '../ui/states.js'
import { footprintOf } from './annotation.js'
import { ChartLegend } from './chart-legend.js'
import { planOf } from './plan.js'

// The chart library is the largest part of the page, and only this panel needs it.
const CandleChart = lazy(async () => ({
  default: (await import('./candle-chart.js')).CandleChart,
}))

const PERIODS = ['1mo', '3mo', '6mo', '1y', '2y', 'all'] as const
const LAYERS = ['averages', 'bands', 'footprint', 'plan', 'signals'] as const

/** What is drawn over the candles. */
export type Layers = Readonly<Record<(typeof LAYERS)[number], boolean>>

/** The chart with its period and layers. */
export function ChartPanel({
  ticker,
  cards,
  signals,
}: {
  readonly ticker: string
  readonly cards: readonly ScoreCardView[]
  readonly signals: readonly SignalView[]
}) {
  const { t } = useWords()
  const { queries } = useServices()
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>('6mo')
  const [layers, setLayers] = useState<Layers>({
    averages: true,
    bands: true,
    footprint: true,
    plan: true,
    signals: true,
  })
  const query = useQuery({ ...queries.chart(ticker, period), refetchInterval: usePolling() })
  return (
    <Panel title={t('chart.title')} aside={query.data && <ChartNotes chart={query.data} />}>
      <div className="chart-tools">
        <Choices
          legend={t('chart.period')}
          value={period}
          onChoose={setPeriod}
          choices={PERIODS.map((value) => ({ value, label: t(`chart.${value}`) }))}
        />
        {LAYERS.map((layer) => (
          <Check
            key={layer}
            label={t(`chart.${layer}`)}
            checked={layers[layer]}
            onChange={(checked) => setLayers({ ...layers, [layer]: checked })}
          />
        ))}
      </div>
      <Loaded query={query} lines={12}>
        {(chart) =>
          chart.data.length === 0 ? (
            <Nothing>{t('chart.none')}</Nothing>
          ) : (
            <figure aria-label={summaryOf(chart, t)}>
              <Suspense fallback={<Skeleton lines={12} />}>
                <CandleChart
                  chart={chart}
                  footprint={layers.footprint ? footprintOf(cards) : null}
                  plan={layers.plan ? planOf(signals, cards) : null}
                  signals={layers.signals ? signals : []}
                  layers={layers}
                />
              </Suspense>
              <ChartLegend layers={layers} plan={planOf(signals, cards)} />
            </figure>
          )
        }
      </Loaded>
    </Panel>
  )
}

function ChartNotes({ chart }: { readonly chart: ChartView }) {
  const { t } = useWords()
  return (
    <>
      {chart.adjustment !== 'none' && t('chart.adjusted')}
      {chart.live_bar && ` · ${t('chart.liveBar')}`}
    </>
  )
}

// For those who do not see the chart.
function summaryOf(chart: ChartView, t: ReturnType<typeof useWords>['t']): string {
  const { data } = chart
  return t('chart.summary', {
    name: chart.name,
    count: data.length,
    from: data[0]?.date ?? '',
    to: data.at(-1)?.date ?? '',
    close: formatPrice(data.at(-1)?.close),
    high: formatPrice(Math.max(...data.map(({ high }) => high))),
    low: formatPrice(Math.min(...data.map(({ low }) => low))),
  })
}
