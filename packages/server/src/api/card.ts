import { z } from 'zod'
import { tradeDate } from './scalars.js'

export const text = z.object({ ko: z.string(), en: z.string() }).meta({ id: 'Text' })
export const evidence = z.record(z.string(), z.number().nullable())
export const outcome = z.enum(['pass', 'partial', 'fail', 'unknown'])

/** One line of a card; `points` is null when unknown. */
export const criterionResult = z
  .object({
    id: z.string(),
    label: text,
    outcome,
    points: z.number().nullable(),
    maxPoints: z.number(),
    evidence,
    reason: text,
  })
  .meta({ id: 'CriterionResult' })
export type CriterionView = z.infer<typeof criterionResult>

export const tradePlan = z
  .object({
    entry: z.number(),
    target: z.number(),
    stop: z.number(),
    quantity: z.number(),
    note: z.enum(['above-budget']).nullable(),
  })
  .meta({ id: 'TradePlan' })

export const sectorChange = z
  .object({ sector: z.string(), change: z.number(), members: z.number() })
  .meta({ id: 'SectorChange' })

/** The library's card, field by field as `@ralph-stock/core` makes it. */
export const scoreCard = z
  .object({
    strategyId: z.string(),
    strategyVersion: z.string(),
    ticker: z.string(),
    name: z.string(),
    market: z.string(),
    asOf: tradeDate,
    score: z.number(),
    maxScore: z.number(),
    coverage: z.number(),
    grade: z.string(),
    outOfReach: z.array(z.string()),
    subScores: z.record(z.string(), z.number()),
    criteria: z.array(criterionResult),
    evidence,
    annotation: z.record(z.string(), z.unknown()).nullable(),
    flags: z.array(z.string()),
    flows: z.enum(['final', 'provisional']).nullable(),
    universeAsOf: tradeDate.nullable(),
    screen: z.object({ passed: z.boolean(), failed: z.array(z.string()) }),
    plan: tradePlan.nullable(),
    crossSectionAgeMs: z.number().optional(),
    sectors: z.array(sectorChange).optional(),
  })
  .meta({ id: 'ScoreCard' })
export type ScoreCardView = z.infer<typeof scoreCard>

/** A card with the price beside it. */
export const scanEntry = z
  .object({
    card: scoreCard,
    quote: z
      .object({
        close: z.number(),
        change: z.number().nullable(),
        tradedValue: z.number().nullable(),
      })
      .nullable(),
  })
  .meta({ id: 'ScanEntry' })
