import { z } from 'zod'
import {
  count,
  type Industry,
  type Item,
  indexValue,
  industry,
  item,
  millions,
  type Numbers,
  percent,
  positivePrice,
  price,
  type Schema,
  second,
  signed,
  text,
  thousands,
  wholeCount,
} from './fields.js'

/** The values of 0B that are read. Unlike other frames, `decodeTrade` reads them, field by field. */
export type TradeValues = Numbers<'20' | '10' | '15' | '13'> & { '290'?: string | undefined }

/** 0B: a trade. The decoder of the hot path takes and refuses exactly what this schema does. */
export const tradeValues: Schema<TradeValues> = z.object({
  '20': second,
  '10': positivePrice,
  '15': signed.refine((value) => !Number.isNaN(value), 'no number'),
  '13': wholeCount,
  '290': z.string().optional(),
})

/** What `expectedValues` makes of it. */
export type ExpectedValues = Numbers<'20' | '10' | '12' | '15' | '13'>

/** 0H: the price and quantity that an auction would give. */
export const expectedValues: Schema<ExpectedValues> = z.object({
  '20': second,
  '10': positivePrice,
  '12': percent,
  '15': signed,
  '13': count,
})

/** What `indexValues` makes of it. */
export type IndexValues = Numbers<'20' | '10' | '12' | '13' | '14' | '16' | '17' | '18'>

/** 0J: an index. Volume in thousands of shares, value in millions of KRW. */
export const indexValues: Schema<IndexValues> = z.object({
  '20': second,
  '10': indexValue,
  '12': percent,
  '13': thousands,
  '14': millions,
  '16': indexValue,
  '17': indexValue,
  '18': indexValue,
})

/** What `marketStateValues` makes of it. */
export type MarketStateValues = Numbers<'20' | '214'> & { '215': string }

/** 0s: the state of the market. */
export const marketStateValues: Schema<MarketStateValues> = z.object({
  '215': z.string().min(1),
  '20': second,
  '214': second,
})

/** What `programValues` makes of it. */
export type ProgramValues = Numbers<'20' | '10' | '202' | '204' | '206' | '208' | '210' | '212'>

/** 0w: program trading. Quantities in shares, values in millions of KRW. */
export const programValues: Schema<ProgramValues> = z.object({
  '20': second,
  '10': price,
  '202': count,
  '204': millions,
  '206': count,
  '208': millions,
  '210': signed,
  '212': millions,
})

/** What `interruptionValues` makes of it. */
export type InterruptionValues = Numbers<'1221' | '1223' | '1489' | '1490'> & {
  '9001': Item
  '302': string
  '9068': string
  '1224': string
  '1225': string
}

/** 1h: a volatility interruption. The release time is 000000 while it lasts. */
export const interruptionValues: Schema<InterruptionValues> = z.object({
  '9001': item,
  '302': text,
  '9068': z.string().min(1),
  '1221': price,
  '1223': second,
  '1224': z.string(),
  '1225': text,
  '1489': percent,
  '1490': count,
})

/** What `conditionValues` makes of it. */
export type ConditionValues = Numbers<'20'> & {
  '841': string
  '9001': Item
  '843': 'I' | 'D'
}

/** 02: a stock enters (I) or leaves (D) a saved search. */
export const conditionValues: Schema<ConditionValues> = z.object({
  '841': text,
  '9001': item,
  '843': z.enum(['I', 'D']),
  '20': second,
})

const levels: Record<string, typeof price> = { '21': second, '121': count, '125': count }
for (let level = 1; level <= 10; level++) {
  levels[String(40 + level)] = price
  levels[String(50 + level)] = price
  levels[String(60 + level)] = count
  levels[String(70 + level)] = count
}

/** 0D: ten levels a side, by field number. */
export const depthValues: Schema<Record<string, number>> = z.object(levels)

/** Items of 0J are industries. */
export const industryItem: Schema<Industry> = industry

/** Items of frames about a stock. */
export const stockItem: Schema<Item> = item
