import { z } from 'zod'

/** What went wrong, for programs (`code`) and for people (`message`). */
export const apiError = z
  .object({
    code: z.string().describe('Stable: E_STOCK_UNKNOWN, E_REQUEST_INVALID, ...'),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'ApiError' })
export type ApiError = z.infer<typeof apiError>

/** Every answer that is not a file: data or an error, never both. */
export type Envelope<T> =
  | { success: true; data: T; error: null; timestamp: string }
  | { success: false; data: null; error: ApiError; timestamp: string }

const timestamp = z.iso.datetime().describe('When it was answered, UTC')

/** The schema of a good answer that carries `data`. */
export function envelope<T extends z.ZodType>(data: T) {
  return z.object({ success: z.literal(true), data, error: z.null(), timestamp })
}

/** The schema of every answer that tells of an error. */
export const errorEnvelope = z
  .object({ success: z.literal(false), data: z.null(), error: apiError, timestamp })
  .meta({ id: 'ErrorEnvelope' })
