import type { ChartView, SignalView } from '@ralph-stock/server/api'
import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  type LineWidth,
} from 'lightweight-charts'
import { formatPrice } from '../format/numbers.js'
import type { Quote } from '../live/price-store.js'
import type { FootprintView } from './annotation.js'
import { type ChartColours, LINE_COLOURS } from './chart-colours.js'
import { footprintPoints, linePoints, type Mark, type Point, signalMarks } from './chart-data.js'
import type { Layers } from './chart-panel.js'
import type { PlanLines } from './plan.js'

/** All that a chart shows. */
export type ChartParts = {
  readonly chart: ChartView
  readonly footprint: FootprintView | null
  readonly plan: PlanLines | null
  readonly signals: readonly SignalView[]
  readonly layers: Layers
  /** Of the months below the chart. */
  readonly locale: string
  readonly colours: ChartColours
  readonly labels: Readonly<Record<'entry' | 'target' | 'stop' | 'pivot', string>>
}

/** A chart that is drawn. */
export interface DrawnChart {
  /** Moves the last candle, which is still being made, to a price. */
  follow(quote: Quote): void
  remove(): void
}

/** Draws a chart into an element, which it fills. */
export function drawChart(box: HTMLElement, parts: ChartParts): DrawnChart {
  const { chart: view, colours, layers } = parts
  const chart = createChart(box, {
    autoSize: true,
    layout: {
      background: { color: 'transparent' },
      textColor: colours.muted,
      fontFamily: getComputedStyle(box).fontFamily,
      panes: { separatorColor: colours.grid },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.grid } },
    rightPriceScale: { borderColor: colours.grid },
    timeScale: { borderColor: colours.grid },
    localization: { locale: parts.locale, priceFormatter: formatPrice, dateFormat: 'yyyy-MM-dd' },
    // The page scrolls under a finger or a wheel that passes over the chart.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
  })
  drawVolume(chart, view, colours)
  if (layers.bands) {
    for (const values of [view.lines.band_upper, view.lines.band_lower]) {
      drawLine(chart, linePoints(view, values), LINE_COLOURS.band, 1)
    }
  }
  if (layers.averages) {
    for (const name of ['ma5', 'ma20', 'ma50', 'ma200'] as const) {
      drawLine(chart, linePoints(view, view.lines[name]), LINE_COLOURS[name], 1)
    }
  }
  const candles = drawCandles(chart, view, colours)
  drawFootprint(chart, candles, parts)
  drawPlan(candles, parts)
  createSeriesMarkers(
    candles,
    signalMarks(view, parts.signals).map((mark) => markerOf(mark, colours)),
  )
  chart.timeScale().fitContent()
  return {
    follow: ({ price }) => {
      const last = view.data.at(-1)
      if (last === undefined) return
      const { date, open, high, low } = last
      candles.update({
        time: date,
        open,
        high: Math.max(high, price),
        low: Math.min(low, price),
        close: price,
      })
    },
    remove: () => chart.remove(),
  }
}

function drawCandles(chart: IChartApi, view: ChartView, { up, down }: ChartColours) {
  const candles = chart.addSeries(CandlestickSeries, {
    upColor: up,
    downColor: down,
    borderUpColor: up,
    borderDownColor: down,
    wickUpColor: up,
    wickDownColor: down,
  })
  candles.setData(
    view.data.map(({ date, open, high, low, close }) => ({ time: date, open, high, low, close })),
  )
  return candles
}

function drawVolume(chart: IChartApi, view: ChartView, { up, down }: ChartColours): void {
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: 'volume',
    priceFormat: { type: 'volume' },
    priceLineVisible: false,
    lastValueVisible: false,
  })
  // The lower fifth is the volume's, the rest the candles'.
  chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.82, bottom: 0 } })
  chart.priceScale('right').applyOptions({ scaleMargins: { top: 0.08, bottom: 0.22 } })
  volume.setData(
    view.data.map((bar) => ({
      time: bar.date,
      value: bar.volume,
      color: `${bar.close >= bar.open ? up : down}80`,
    })),
  )
}

function drawLine(
  chart: IChartApi,
  points: readonly Point[],
  color: string,
  lineWidth: LineWidth,
): void {
  const line = chart.addSeries(LineSeries, {
    color,
    lineWidth,
    priceLineVisible: false,
    lastValueVisible: false,
    crosshairMarkerVisible: false,
  })
  line.setData([...points])
}

function drawFootprint(
  chart: IChartApi,
  candles: ISeriesApi<'Candlestick'>,
  { chart: view, footprint, labels }: ChartParts,
): void {
  if (footprint === null) return
  drawLine(chart, footprintPoints(view, footprint.pullbacks), LINE_COLOURS.footprint, 2)
  if (footprint.pivot === null) return
  candles.createPriceLine({
    price: footprint.pivot,
    color: LINE_COLOURS.footprint,
    lineStyle: LineStyle.Dotted,
    lineWidth: 1,
    axisLabelVisible: true,
    title: labels.pivot,
  })
}

function drawPlan(candles: ISeriesApi<'Candlestick'>, { plan, labels, colours }: ChartParts): void {
  if (plan === null) return
  const lines = [
    ['entry', plan.entry, colours.accent],
    ['target', plan.target, colours.green],
    ['stop', plan.stop, colours.red],
  ] as const
  for (const [name, price, color] of lines) {
    if (price === null) continue
    candles.createPriceLine({
      price,
      color,
      lineStyle: LineStyle.Dashed,
      lineWidth: 1,
      axisLabelVisible: true,
      title: labels[name],
    })
  }
}

function markerOf({ time, kind, text }: Mark, colours: ChartColours) {
  if (kind === 'opened') {
    return { time, text, position: 'belowBar', shape: 'arrowUp', color: colours.accent } as const
  }
  const color = kind === 'won' ? colours.green : colours.red
  return { time, text, position: 'aboveBar', shape: 'circle', color } as const
}
