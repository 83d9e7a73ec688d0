import { z } from 'zod'

/** Six characters: `005930`, `0126Z0`. */
export const ticker = z
  .string()
  .regex(/^[0-9A-Z]{6}$/, 'must be six digits or capital letters')
  .describe('Code of a stock, six characters')

/** A session in Korea. */
export const tradeDate = z.iso
  .date()
  .refine((date) => !date.startsWith('0000'), 'the first year is 0001')
  .describe('Session date in Korea, YYYY-MM-DD')

/** An instant. */
export const instant = z.iso.datetime().describe('UTC')

export const market = z.enum(['KOSPI', 'KOSDAQ'])
/** Which markets to show; what is compared is always compared over both. */
export const marketFilter = z.enum(['KOSPI', 'KOSDAQ', 'ALL'])

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the one that no database can hold
const WITHOUT_NUL = /^[^\u0000]*$/

/** Text that a client sends, at most so many characters. */
export function plainText(most: number) {
  return z.string().max(most).regex(WITHOUT_NUL, 'must not hold a NUL character')
}

export const won = z.number().describe('KRW')
export const shares = z.number().describe('Shares')
export const fraction = z.number().describe('Fraction: 0.03 is 3 %')
export const percent = z.number().describe('Percent: 3 is 3 %')

/** Ids of the strategies of the service. */
export const STRATEGY_IDS = [
  'market-gate',
  'closing-bet',
  'vcp',
  'trend-template',
  'daytrade',
] as const
export const strategyId = z.enum(STRATEGY_IDS)
export type StrategyId = z.infer<typeof strategyId>

/** Other names under which strategies have been known. */
export const STRATEGY_ALIASES: Readonly<Record<string, StrategyId>> = {
  jongga: 'closing-bet',
  jongga_v2: 'closing-bet',
  'jongga-v2': 'closing-bet',
  closing_bet: 'closing-bet',
  daytrading: 'daytrade',
  market_gate: 'market-gate',
  trend_template: 'trend-template',
}

/** A part of a list: at most `limit` entries after the one that `cursor` names. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional().describe('next_cursor of the page before'),
})

/** Null on the last page. */
export const nextCursor = z.string().nullable()
