import type { ErrorCode } from './codes.js'

/** Facts about an error that a program can read: the value found, the limit, the row. */
export type ErrorDetails = Readonly<Record<string, unknown>>

/**
 * The one error class of every package.
 *
 * `code` is stable and listed in `ERROR_CODES`; plugins of third parties use codes of their own that
 * begin with `X_`. `message` says what was wrong, the value found and what is accepted.
 *
 * @example throw new RalphError('E_PARAM_RANGE', 'period must be an integer >= 1; found "0"')
 */
export class RalphError extends Error {
  override readonly name = 'RalphError'
  readonly code: ErrorCode | `X_${string}`
  readonly details: ErrorDetails

  constructor(
    code: ErrorCode | `X_${string}`,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Tells a `RalphError` from anything else, also across copies of this package (ESM and CommonJS). */
export function isRalphError(error: unknown): error is RalphError {
  return error instanceof Error && error.name === 'RalphError' && 'code' in error
}

/**
 * Refuses a number that is not an integer within `[minimum, maximum]`.
 *
 * @throws RalphError E_PARAM_RANGE
 */
export function requireInteger(
  name: string,
  value: number,
  minimum: number,
  maximum: number = Number.MAX_SAFE_INTEGER,
): number {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value
  const accepted =
    maximum === Number.MAX_SAFE_INTEGER ? `>= ${minimum}` : `from ${minimum} to ${maximum}`
  throw new RalphError(
    'E_PARAM_RANGE',
    `${name} must be an integer ${accepted}; found "${String(value)}"`,
    {
      name,
      value,
      minimum,
      maximum,
    },
  )
}
