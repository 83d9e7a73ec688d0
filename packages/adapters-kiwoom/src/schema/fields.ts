import { z } from 'zod'
import { readCount, readNumber, readPrice, readSigned } from '../map/numbers.js'
import { readDay, readInstant, readSecond } from '../map/times.js'
import { type Item, readIndustry, readItem } from '../venue.js'

/** A field of text that is read, or refused with a word for why. */
function reading<T>(read: (text: string) => T | null, problem: string) {
  return z.string().transform((text, context): T => {
    const value = read(text)
    if (value !== null) return value
    context.issues.push({ code: 'custom', message: problem, input: text })
    return z.NEVER
  })
}

type Field<T> = z.ZodType<T, unknown>

/** A schema by what it makes of anything. */
export type Schema<T> = z.ZodType<T, unknown>

/** Fields that are read as numbers. */
export type Numbers<Name extends string> = Record<Name, number>

export type { Item }

/** An industry's code with its venue. */
export type Industry = NonNullable<ReturnType<typeof readIndustry>>

const known = (value: number | null): number | null =>
  value === null || Number.isNaN(value) ? null : value

/** A price in KRW, 0 or more; NaN when blank. */
export const price: Field<number> = reading(readPrice, 'no price')
/** A price that must be there and above 0. */
export const positivePrice: Field<number> = reading((text) => {
  const value = known(readPrice(text))
  return value !== null && value > 0 ? value : null
}, 'no positive price')
/** A count, 0 or more; NaN when blank or saturated. */
export const count: Field<number> = reading(readCount, 'no count')
/** A count that must be there. */
export const wholeCount: Field<number> = reading((text) => known(readCount(text)), 'no count')
/** A signed amount; NaN when blank. */
export const signed: Field<number> = reading(readSigned, 'no number')
/** A signed or unsigned number with or without a fraction; NaN when blank. */
export const decimal: Field<number> = reading(readNumber, 'no number')
/** Percent as a fraction: -5.54 is -0.0554. */
export const percent: Field<number> = scaledRate(100)
/** Percent without its point: +2997 is 0.2997. */
export const percentTimes100: Field<number> = scaledRate(10_000)
/** Percent times 1,000: 000003920 is 0.0392. */
export const percentTimes1000: Field<number> = scaledRate(100_000)
/** KRW, sent in millions. */
export const millions: Field<number> = times(1e6)
/** KRW, sent in hundreds of millions. */
export const hundredMillions: Field<number> = times(1e8)
/** Shares, sent in thousands. */
export const thousands: Field<number> = times(1000)
/** An index value whose sign is a direction: -8305.80 is 8305.8. */
export const indexValue: Field<number> = reading(readPrice, 'no index value')
/** An index value without its point: 252127 is 2521.27. */
export const indexTimes100: Field<number> = reading((text) => {
  const value = readPrice(text)
  return value === null ? null : value / 100
}, 'no index value')
/** `yyyymmdd` as a day number. */
export const day: Field<number> = reading(readDay, 'no date')
/** `yyyymmdd` as a day number, or blank: null. */
export const optionalDay: Field<number | null> = z.string().transform((text) => readDay(text))
/** `yyyymmddHHMMSS` as epoch ms. */
export const instant: Field<number> = reading(readInstant, 'no instant')
/** `HHMMSS` as seconds after midnight in Korea. */
export const second: Field<number> = reading(readSecond, 'no time')
/** A stock's code with its venue. */
export const item: Field<Item> = reading(readItem, 'no code')
/** An industry's code with its venue. */
export const industry: Field<Industry> = reading(readIndustry, 'no industry code')
/** 1 limit up, 2 up, 3 flat, 4 limit down, 5 down; 0 on halted days. */
export const direction: Field<number> = reading((text) => {
  const value = readNumber(text)
  return value === null || value > 5 ? null : Number.isNaN(value) ? 0 : Math.abs(value)
}, 'no direction')
/** Any text, its blanks at the ends dropped. */
export const text: Field<string> = z.string().transform((value) => value.trim())
/** A text that must not be blank. */
export const someText: Field<string> = reading(
  (value) => (value.trim() === '' ? null : value.trim()),
  'blank',
)

function scaledRate(divisor: number): Field<number> {
  return reading((value) => {
    const rate = readNumber(value)
    return rate === null ? null : rate / divisor
  }, 'no rate')
}

function times(factor: number): Field<number> {
  return reading((value) => {
    const amount = readSigned(value)
    return amount === null ? null : amount * factor
  }, 'no amount')
}
