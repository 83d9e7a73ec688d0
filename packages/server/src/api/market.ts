import { z } from 'zod'
import { scoreCard, sectorChange } from './card.js'
import { instant, tradeDate } from './scalars.js'

export const gateLevel = z.enum(['GREEN', 'YELLOW', 'RED', 'UNKNOWN'])

const indexNow = z.object({
  name: z.enum(['KOSPI', 'KOSDAQ']),
  value: z.number().nullable(),
  change_pct: z.number().nullable().describe('Percent from the last close'),
  text: z.object({ ko: z.string(), en: z.string() }).describe('The change in words'),
})

/** The market gate with what made it. */
export const marketGate = z
  .object({
    level: gateLevel,
    score: z.number().nullable().describe('0 to 100; null when the level is UNKNOWN'),
    as_of: tradeDate,
    live: z.boolean(),
    kospi: indexNow,
    kosdaq: indexNow,
    sectors: z.array(sectorChange).describe('Strongest first; change as a fraction'),
    card: scoreCard,
    updated_at: instant,
  })
  .meta({ id: 'MarketGate' })
export type MarketGateView = z.infer<typeof marketGate>

export const sectors = z
  .object({
    as_of: tradeDate,
    live: z.boolean(),
    sectors: z.array(
      z.object({
        name: z.string(),
        change_pct: z.number(),
        members: z.number(),
        signal: z.enum(['bullish', 'neutral', 'bearish']),
      }),
    ),
  })
  .meta({ id: 'Sectors' })

export type SectorsView = z.infer<typeof sectors>

/** The session that is on or the last stored one when absent. */
export const dateQuery = z.object({ date: tradeDate.optional() })

/** Which session it is, as the service's clock and the exchange's calendar say. */
export const sessionState = z
  .object({
    date: tradeDate.describe('Today in Korea'),
    now: instant,
    is_session: z.boolean(),
    phase: z.string().describe('pre-market, opening-auction, regular, ... or closed'),
    opens_at: instant.nullable(),
    closes_at: instant.nullable(),
    next_session: tradeDate.nullable(),
    last_stored: tradeDate.nullable().describe('Last session of the store'),
    invented: z.boolean().describe('Whether the stocks and prices are invented'),
    speed: z.number().describe('How many times as fast as real time the clock runs'),
  })
  .meta({ id: 'SessionState' })
export type SessionView = z.infer<typeof sessionState>
