import { RalphError } from '@ralph-stock/core'
import type { z } from 'zod'
import type { Refusals } from '../refusals.js'

/** The name of the first thing that is wrong: `cur_prc: no price`. Never a value. */
export function problemOf(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'unreadable'
  const path = issue.path.map((part) => (typeof part === 'number' ? '#' : String(part))).join('.')
  const what = issue.code === 'custom' ? issue.message : issue.code.replaceAll('_', ' ')
  return path === '' ? what : `${path}: ${what}`
}

/** The good rows, decoded; a bad one is refused and counted with its reason, never mended. */
export function readRows<T>(
  schema: z.ZodType<T, unknown>,
  rows: readonly unknown[],
  scope: string,
  refusals: Refusals,
): T[] {
  const good: T[] = []
  for (const row of rows) {
    const parsed = schema.safeParse(row)
    if (parsed.success) good.push(parsed.data)
    else refusals.add(`${scope}: ${problemOf(parsed.error)}`)
  }
  return good
}

/**
 * A body of one piece.
 *
 * @throws RalphError E_BROKER_PAYLOAD
 */
export function readBody<T>(
  schema: z.ZodType<T, unknown>,
  body: unknown,
  scope: string,
  refusals: Refusals,
): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const problem = problemOf(parsed.error)
  refusals.add(`${scope}: ${problem}`)
  throw new RalphError('E_BROKER_PAYLOAD', `an answer of ${scope} cannot be read: ${problem}`, {
    api: scope,
    problem,
  })
}
