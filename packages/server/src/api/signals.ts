import { z } from 'zod'
import { outcome, scoreCard } from './card.js'
import {
  fraction,
  instant,
  marketFilter,
  nextCursor,
  pageQuery,
  strategyId,
  ticker,
  tradeDate,
  won,
} from './scalars.js'

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
  grade: z.string().max(10).optional(),
  min_score: z.coerce.number().optional(),
  from: tradeDate.optional(),
  to: tradeDate.optional(),
  include: z.enum(['card']).optional(),
})

export const signalPage = z
  .object({ signals: z.array(signal), next_cursor: nextCursor })
  .meta({ id: 'SignalPage' })

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
