import { z } from 'zod'

/** A whole number of bars, from 1 to 1000. */
export const bars = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.int().min(1).max(1000).default(value)

/** An amount of KRW, not negative. */
export const krw = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.number().min(0).max(1e15).default(value)

/** A number from `minimum` to `maximum`. */
export const within = (
  minimum: number,
  maximum: number,
  value: number,
): z.ZodDefault<z.ZodNumber> => z.number().min(minimum).max(maximum).default(value)

/** A whole percentage from 1 to 100. */
export const percent = (value: number): z.ZodDefault<z.ZodNumber> =>
  z.int().min(1).max(100).default(value)
