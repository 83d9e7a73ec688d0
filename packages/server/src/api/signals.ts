import { z } from 'zod'
import { outcome, scoreCard } from './card.js'
import {
  fraction,
  instant,
  marketFilter,
  nextCursor,
  pageQuery,
  plainText,
  strategyId,
  ticker,
  tradeDate,
  won,
} from './scalars.js'
import { priceSource } from './stocks.js'

export const signalStatus = z.enum(['OPEN', 'CLOSED'])

/** A card that passed its strategy's screen, with its life. */
export const signal = z
  .object({
    id: z.number().int().describe('Unique within a strategy'),
    signal_type: strategyId,
    strategy_version: z.string(),
    ticker,
    name: z.string(),
    market: z.string(),
    sector: z.string().nullable(),
    signal_date: tradeDate,
    status: signalStatus,
    score: z.number(),
    max_score: z.number(),
    coverage: fraction,
    grade: z.string(),
    entry_price: won.nullable().describe('Paid or, while it waits for the next open, planned'),
    target_price: won.nullable(),
    stop_price: won.nullable(),
    quantity: z.number().nullable(),
    entered: z.boolean().describe('False while it waits for the next open'),
    entry_date: tradeDate.nullable(),
    entry_time: instant.nullable().describe('When it was entered live'),
    exit_date: tradeDate.nullable(),
    exit_time: instant.nullable().describe('When it was closed live'),
    exit_price: won.nullable(),
    exit_reason: z
      .enum(['target', 'stop', 'expired', 'delisted', 'unfilled'])
      .nullable()
      .describe('unfilled: it was never entered'),
    return_pct: z.number().nullable().describe('Percent after costs; null while open'),
    criteria: z
      .array(
        z.object({
          id: z.string(),
          outcome,
          points: z.number().nullable(),
          max_points: z.number(),
        }),
      )
      .describe('The lines of the card in short'),
    created_at: instant,
    updated_at: instant,
    card: scoreCard.optional().describe('With include=card'),
  })
  .meta({ id: 'Signal' })
export type SignalView = z.infer<typeof signal>

export const signalQuery = pageQuery.extend({
  strategy: strategyId.optional(),
  status: signalStatus.optional(),
  market: marketFilter.default('ALL'),
  ticker: ticker.optional(),
  grade: plainText(10).optional(),
  min_score: z.coerce.number().optional(),
  from: tradeDate.optional(),
  to: tradeDate.optional(),
  include: z.enum(['card']).optional(),
})

export type SignalFilter = z.infer<typeof signalQuery>

/** Those of one stock. */
export const signalLifeQuery = pageQuery.extend({
  strategy: strategyId.optional(),
  status: signalStatus.optional(),
})
export type SignalPageQuery = z.infer<typeof signalLifeQuery>

export const signalPage = z
  .object({ signals: z.array(signal), next_cursor: nextCursor })
  .meta({ id: 'SignalPage' })
export type SignalPageView = z.infer<typeof signalPage>

/** Signals of one stock, and what those that ended came to. */
export const stockSignals = z
  .object({
    ticker,
    total_signals: z.number(),
    open_signals: z.number(),
    closed_signals: z.number(),
    avg_return_pct: z.number().nullable(),
    win_rate: fraction.nullable(),
    signals: z.array(signal),
    next_cursor: nextCursor,
  })
  .meta({ id: 'StockSignals' })
export type StockSignalsView = z.infer<typeof stockSignals>

/** A signal with what its stock costs now; entry, target and stop stay what they are. */
export const pricedSignal = signal
  .extend({
    current_price: won.nullable(),
    change_pct: z.number().nullable().describe('Percent of current_price from the last close'),
    price_as_of: tradeDate.nullable(),
    price_at: instant.nullable().describe('Instant of a live price'),
    price_source: priceSource.nullable(),
  })
  .meta({ id: 'PricedSignal' })
export type PricedSignal = z.infer<typeof pricedSignal>

/** The best of a kind. */
export const signalList = z
  .object({
    signals: z.array(pricedSignal),
    count: z.number(),
    date: tradeDate.nullable().describe('Date of the newest one; null without any'),
    generated_at: instant,
  })
  .meta({ id: 'SignalList' })
export type SignalListView = z.infer<typeof signalList>

export const topQuery = z.object({
  strategy: strategyId.default('vcp').describe('Scores of one strategy can be compared'),
  min_score: z.coerce.number().default(70),
  market: marketFilter.default('ALL'),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const bestQuery = topQuery.omit({ strategy: true }).extend({
  min_score: z.coerce.number().default(0),
})
export const daytradeQuery = bestQuery.extend({
  min_score: z.coerce.number().min(0).max(105).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  format: z.enum(['list', 'object']).default('object'),
})

/** Either the list alone, or the list with what is known of it. */
export const daytradeSignals = z.union([signalList, z.array(pricedSignal)])
export const latestQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) })

/** Dates with signals, newest first. */
export const signalDates = z
  .object({ dates: z.array(tradeDate), count: z.number() })
  .meta({ id: 'SignalDates' })
export type SignalDatesView = z.infer<typeof signalDates>
export const datesQuery = z.object({ limit: z.coerce.number().int().min(1).max(250).default(30) })
export const signalHistory = z
  .object({ date: tradeDate, signals: z.array(signal), count: z.number() })
  .meta({ id: 'SignalHistory' })
export type SignalHistoryView = z.infer<typeof signalHistory>
