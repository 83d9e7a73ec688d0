import { z } from 'zod'
import { scoreCard } from './card.js'
import {
  instant,
  marketFilter,
  nextCursor,
  pageQuery,
  plainText,
  shares,
  strategyId,
  ticker,
  tradeDate,
  won,
} from './scalars.js'

/** Where a price comes from: the broker's ticks of this session, or the last stored bar. */
export const priceSource = z.enum(['live', 'store'])

const quoteFields = {
  price: won.nullable(),
  change: won.nullable().describe('KRW from the last close'),
  change_pct: z.number().nullable().describe('Percent from the last close'),
  volume: shares.nullable(),
  traded_value: won.nullable(),
  as_of: z.string().nullable().describe('Session date of the price'),
  price_at: instant.nullable().describe('Instant of a live price'),
  source: priceSource.nullable(),
}

export type PriceView = z.infer<typeof quote>
const quote = z.object(quoteFields)

export const stockRow = z
  .object({
    ticker,
    name: z.string(),
    market: z.string(),
    sector: z.string().nullable(),
    kind: z.string().nullable(),
    market_cap: won.nullable(),
    ...quoteFields,
  })
  .meta({ id: 'StockRow' })
export type StockRow = z.infer<typeof stockRow>

export const stockQuery = pageQuery.extend({
  market: marketFilter.default('ALL'),
  sector: plainText(100).optional(),
  search: plainText(50).trim().optional().describe('Part of a name or a ticker'),
})
export type StockFilter = z.infer<typeof stockQuery>

export const stockPage = z
  .object({ stocks: z.array(stockRow), next_cursor: nextCursor })
  .meta({ id: 'StockPage' })
export type StockPageView = z.infer<typeof stockPage>

export const tickerParams = z.object({ ticker })

export const stockDetail = stockRow
  .extend({
    department: z.string().nullable(),
    listed_shares: shares.nullable(),
    listing_date: z.string().nullable(),
    listing_reason: z.string().nullable().describe('Why no scan considers it; null when one does'),
    previous_close: won.nullable(),
    open: won.nullable(),
    high: won.nullable(),
    low: won.nullable(),
    updated_at: instant.nullable(),
  })
  .meta({ id: 'StockDetail' })
export type StockDetail = z.infer<typeof stockDetail>

export const CHART_PERIODS = ['1mo', '3mo', '6mo', '1y', '2y', 'all'] as const
export const chartQuery = z.object({
  period: z.enum(CHART_PERIODS).default('6mo'),
  live: z.stringbool().default(true).describe('Whether the session that is on is included'),
})

export const chartBar = z
  .object({
    date: tradeDate,
    open: won,
    high: won,
    low: won,
    close: won,
    volume: shares,
    traded_value: won.nullable(),
  })
  .meta({ id: 'ChartBar' })
export type ChartBar = z.infer<typeof chartBar>

/** Lines over the bars: same length as `data`, null while they warm up. */
export const chart = z
  .object({
    ticker,
    name: z.string(),
    period: z.enum(CHART_PERIODS),
    adjustment: z.string().describe('none, split or split+dividend'),
    data: z.array(chartBar),
    total_points: z.number(),
    lines: z.object({
      ma5: z.array(z.number().nullable()),
      ma20: z.array(z.number().nullable()),
      ma50: z.array(z.number().nullable()),
      ma200: z.array(z.number().nullable()),
      band_upper: z.array(z.number().nullable()),
      band_lower: z.array(z.number().nullable()),
    }),
    live_bar: z.boolean().describe('Whether the last bar is still being made'),
  })
  .meta({ id: 'Chart' })
export type ChartView = z.infer<typeof chart>

export const flowQuery = z.object({ days: z.coerce.number().int().min(1).max(60).default(20) })
export const flowDay = z
  .object({
    date: tradeDate,
    foreign_net: shares.nullable(),
    inst_net: shares.nullable(),
    foreign_net_amount: won.nullable(),
    inst_net_amount: won.nullable(),
    provisional: z.boolean(),
  })
  .meta({ id: 'FlowDay' })
export type FlowDay = z.infer<typeof flowDay>

/** Net buying by day, newest first; the score is the SmartMoney part of the VCP card. */
export const flow = z
  .object({
    ticker,
    period_days: z.number(),
    data: z.array(flowDay),
    smartmoney_score: z.number().nullable().describe('0 to 100; null when part of it is unknown'),
    total_points: z.number(),
  })
  .meta({ id: 'Flow' })
export type FlowView = z.infer<typeof flow>

export const scoreQuery = z.object({
  strategy: strategyId.optional().describe('Every stock strategy when absent'),
  date: tradeDate.optional().describe('The session that is on or the last stored one when absent'),
})
export const stockScore = z
  .object({
    ticker,
    live: z.boolean().describe('Whether the cards follow the session that is on'),
    cards: z.array(scoreCard),
  })
  .meta({ id: 'StockScore' })
export type StockScoreView = z.infer<typeof stockScore>

export const realtimePrice = z
  .object({ ticker, name: z.string(), ...quoteFields })
  .meta({ id: 'RealtimePrice' })
export type RealtimePrice = z.infer<typeof realtimePrice>

/** Tickers as `005930,000660`. */
export const tickersQuery = z.object({
  tickers: z
    .string()
    .max(1400)
    .transform((text) => text.split(',').filter((part) => part !== ''))
    .pipe(z.array(ticker).min(1).max(200)),
})
export const tickersBody = z.object({
  tickers: z.array(ticker).min(1).max(200),
  max_age_seconds: z
    .number()
    .min(0)
    .optional()
    .describe('Prices that are older, or whose instant is unknown, are null'),
})

export const realtimePrices = z
  .object({ prices: z.record(z.string(), realtimePrice), unknown: z.array(z.string()) })
  .meta({ id: 'RealtimePrices' })
export type RealtimePricesView = z.infer<typeof realtimePrices>

export const gapQuery = z.object({
  days_threshold: z.coerce.number().int().min(1).max(250).default(3).describe('Sessions'),
})
export const dataGaps = z
  .object({
    total_count: z.number(),
    days_threshold: z.number(),
    gaps: z.array(
      z.object({
        ticker,
        name: z.string(),
        latest_date: tradeDate.nullable().describe('Null when the stock has no bar at all'),
        days_since_update: z
          .number()
          .nullable()
          .describe('Sessions since, to the last that closed'),
      }),
    ),
  })
  .meta({ id: 'DataGaps' })
export type DataGapsView = z.infer<typeof dataGaps>

/** Stocks to be scored. */
export const analyzeBody = z.object({ tickers: z.array(ticker).min(1).max(100) })

/** One stock to be scored; a name and a price beside it are not needed. */
export const analyzeOneBody = z.object({ ticker, date: tradeDate.optional() })

/** Cards of the stocks that were asked, or why one has none. */
export const analyses = z
  .object({
    results: z.array(
      z.object({
        ticker,
        live: z.boolean(),
        card: scoreCard.nullable(),
        error: z.object({ code: z.string(), message: z.string() }).nullable(),
      }),
    ),
    count: z.number(),
    analyzed_at: instant,
  })
  .meta({ id: 'Analyses' })
export type AnalysesView = z.infer<typeof analyses>
