import { type ErrorCode, RalphError } from '@ralph-stock/core'
import { z } from 'zod'
import type { HttpAnswer } from './transport.js'

/** What an answer is: its data, or what to do about it. */
export type Outcome =
  | { readonly kind: 'data'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'rate'; readonly scope: 'api' | 'all'; readonly perSecond: number | null }
  | { readonly kind: 'token'; readonly code: string }
  | { readonly kind: 'transient'; readonly error: RalphError }
  | { readonly kind: 'error'; readonly error: RalphError }

const code = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^\s*-?\d+\s*$/)
    .transform(Number),
])

/** The two names that every body carries; the official samples also spell them in camel case. */
const envelope = z.looseObject({
  return_code: code.optional(),
  returnCode: code.optional(),
  return_msg: z.string().optional(),
  returnMsg: z.string().optional(),
})

/** The documented code stands within the message: `[8005:...]`, on the socket `[CODE=8005, ...]`. */
const INNER = /\[(?:CODE=)?([A-Z]{0,2}\d{3,6})\s*[:,]/
const STATED_ALLOWANCE = /유량=(\d{1,4})(?!\d)/

const TOKEN_CODES = new Set(['8005', '8031', '8103', '8003'])
const RATE_CODES = new Set(['1700', '1701', '1702'])
const ERRORS: ReadonlyArray<readonly [RegExp, ErrorCode]> = [
  [/^80(?:01|02|06|09|10|11|12|20|30|40|50)$/, 'E_BROKER_CREDENTIALS'],
  [/^801[56]$/, 'E_BROKER_TOKEN'],
  [/^15\d\d$|^1687$/, 'E_BROKER_REQUEST'],
  [/^190[123]$/, 'E_BROKER_NOT_FOUND'],
  [/^8104$|^8200$|^2000$|^RC9000$/, 'E_BROKER_REFUSED'],
]
/** Coarse classes, for answers without an inner code. */
const BY_CLASS: Readonly<Record<number, ErrorCode>> = {
  1: 'E_BROKER_REQUEST',
  2: 'E_BROKER_REQUEST',
  3: 'E_BROKER_TOKEN',
  7: 'E_BROKER_UNAVAILABLE',
  20: 'E_BROKER_REFUSED',
}

/** The documented code within a message; null where there is none. */
export function innerCode(message: string): string | null {
  return INNER.exec(message)?.[1] ?? null
}

/**
 * Reads an answer. The status is not trusted: most failures come with 200. A body that is no JSON (a
 * page of a firewall, a cut-off text) may be better the next time, so it is transient.
 *
 * @param clean takes secrets out of what the broker says
 */
export function readAnswer(answer: HttpAnswer, clean: (text: string) => string): Outcome {
  const json = parse(answer.body)
  const parsed = json === undefined ? null : envelope.safeParse(json)
  if (parsed === null || !parsed.success) {
    if (answer.status === 429) return { kind: 'rate', scope: 'all', perSecond: null }
    if (answer.status === 401) return { kind: 'token', code: '401' }
    const what = json === undefined ? 'no JSON' : 'another shape'
    const code = answer.status >= 500 ? 'E_BROKER_UNAVAILABLE' : 'E_BROKER_PAYLOAD'
    const text = `an answer must be a JSON object with return_code; found ${what}`
    const details = { status: answer.status, what }
    return { kind: 'transient', error: new RalphError(code, text, details) }
  }
  const body = parsed.data
  const message = body.return_msg ?? body.returnMsg ?? ''
  return judge(body, answer.status, clean(message))
}

function judge(body: z.infer<typeof envelope>, status: number, message: string): Outcome {
  const returnCode = body.return_code ?? body.returnCode
  const inner = innerCode(message)
  if (status === 200 && returnCode === 0) return { kind: 'data', body }
  if (status === 429 || returnCode === 5 || (inner !== null && RATE_CODES.has(inner))) {
    const stated = STATED_ALLOWANCE.exec(message)?.[1]
    const perSecond = stated === undefined || inner !== '1700' ? null : Number(stated)
    return { kind: 'rate', scope: inner === '1701' ? 'all' : 'api', perSecond }
  }
  const token = inner ?? String(returnCode ?? status)
  if (TOKEN_CODES.has(token) || status === 401) return { kind: 'token', code: token }
  const error = errorOf(inner, returnCode, status, message)
  const transient = error.code === 'E_BROKER_UNAVAILABLE' || returnCode === undefined
  return { kind: transient ? 'transient' : 'error', error }
}

function errorOf(
  inner: string | null,
  returnCode: number | undefined,
  status: number,
  message: string,
): RalphError {
  const named = ERRORS.find(([pattern]) => inner !== null && pattern.test(inner))?.[1]
  const byClass = returnCode === undefined ? undefined : BY_CLASS[returnCode]
  const bySpare = status >= 500 || inner === '1999' ? 'E_BROKER_UNAVAILABLE' : 'E_BROKER_PAYLOAD'
  const code = named ?? (inner === '1999' ? bySpare : (byClass ?? bySpare))
  const said = message.slice(0, 300)
  return new RalphError(
    code,
    `the broker refused the request: ${said === '' ? 'no reason' : said}`,
    {
      status,
      returnCode: returnCode ?? null,
      brokerCode: inner,
    },
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
