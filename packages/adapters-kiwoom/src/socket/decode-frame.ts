import { dayNumberOfEpochMs, type QuoteVenue } from '@ralph-stock/core'
import { z } from 'zod'
import { instantOf, secondOfDay } from '../map/times.js'
import type { Refusals } from '../refusals.js'
import { decodeOther } from './decode-other.js'
import { decodeTrade } from './decode-trade.js'
import type { LiveEvents } from './live-types.js'

/** A frame that is not about the market: an answer, a ping, a word of the system. */
export type ControlFrame = {
  readonly trnm: string
  readonly return_code?: number | undefined
  readonly return_msg?: string | undefined
  readonly code?: string | undefined
  readonly message?: string | undefined
  readonly seq?: string | undefined
  readonly cont_yn?: string | undefined
  readonly next_key?: string | undefined
  readonly data?: readonly unknown[] | null | undefined
}

/** Tells what a frame held. */
export type FrameSink = {
  readonly emit: <Name extends keyof LiveEvents>(name: Name, event: LiveEvents[Name]) => void
  readonly control: (frame: ControlFrame) => void
  /** Something was lost that cannot be named: a frame that is cut off or of no known shape. */
  readonly lost: () => void
}

/** What became of a text. */
export type FrameResult = 'real' | 'ping' | 'control' | 'refused'

/** What a decoder knows. */
export type DecoderOptions = {
  readonly venue: QuoteVenue
  readonly now: () => number
  readonly refusals: Refusals
}

const returnCode = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
])
const control = z.object({
  trnm: z.string().min(1).max(20),
  return_code: returnCode.optional(),
  return_msg: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  seq: z.string().optional(),
  cont_yn: z.string().optional(),
  next_key: z.string().optional(),
  data: z.array(z.unknown()).nullish(),
})

const HALF_DAY = 43_200

/**
 * Makes the decoder of a feed. It keeps no state between frames, so that no frame can spoil another;
 * what it refuses is counted with its reason and goes no further.
 */
export function createDecoder(
  options: DecoderOptions,
): (text: string, sink: FrameSink) => FrameResult {
  const { venue, now, refusals } = options

  // Frames carry no date. A time far ahead of the clock's is yesterday's, just before midnight.
  const dayAt = (second: number): number => {
    const at = now()
    const today = dayNumberOfEpochMs(at)
    return second - secondOfDay(at) > HALF_DAY ? today - 1 : today
  }
  const instantAt = (second: number): number => instantOf(dayAt(second), second)

  const entry = (raw: unknown, sink: FrameSink): void => {
    if (!isRecord(raw) || !isRecord(raw['values'])) {
      refusals.add('frame: entry: shape')
      sink.lost()
      return
    }
    const { type, item, values } = raw
    if (type === '0B') {
      const trade = decodeTrade(item, values, venue, dayAt, now())
      if (typeof trade === 'string') {
        refusals.add(`0B: ${trade}`)
        sink.lost()
      } else sink.emit('trade', trade)
      return
    }
    const problem = decodeOther(String(type), item, values, { venue, instantAt, sink })
    if (problem !== null) refusals.add(problem)
  }

  return (text, sink) => {
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      refusals.add('frame: no JSON')
      sink.lost()
      return 'refused'
    }
    if (isRecord(json)) {
      const { trnm, data } = json
      if (trnm === 'REAL' && Array.isArray(data)) {
        for (const raw of data) entry(raw, sink)
        return 'real'
      }
      if (trnm === 'PING') return 'ping'
    }
    const parsed = control.safeParse(json)
    if (!parsed.success || parsed.data.trnm === 'REAL') {
      refusals.add('frame: shape')
      sink.lost()
      return 'refused'
    }
    sink.control(parsed.data)
    return 'control'
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
