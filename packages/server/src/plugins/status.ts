import { ERROR_CODES, type ErrorCode } from '@ralph-stock/core'

/** Which HTTP status an error has; a code that is not here is a fault of ours: 500, told as E_INTERNAL. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  E_REQUEST_INVALID: 400,
  E_PARAM_RANGE: 400,
  E_OPTIONS_INVALID: 400,
  E_DATE_INVALID: 400,
  E_MARKET_NEEDED: 400,
  E_KEY_MISSING: 401,
  E_KEY_INVALID: 401,
  E_KEY_SCOPE: 403,
  E_HOST_REFUSED: 403,
  E_ORIGIN_REFUSED: 403,
  E_ROUTE_UNKNOWN: 404,
  E_STOCK_UNKNOWN: 404,
  E_STRATEGY_UNKNOWN: 404,
  E_SESSION_NONE: 404,
  E_ANALYSIS_NONE: 404,
  E_JOB_UNKNOWN: 404,
  E_STORE_NOT_FOUND: 404,
  E_BROKER_NOT_FOUND: 404,
  E_METHOD_NOT_ALLOWED: 405,
  E_JOB_RUNNING: 409,
  E_STORE_CONFLICT: 409,
  E_BODY_TOO_LARGE: 413,
  E_MEDIA_TYPE: 415,
  E_RATE_LIMIT: 429,
  E_INTERNAL: 500,
  E_SERVICE_ABSENT: 501,
  E_UPSTREAM_UNAVAILABLE: 502,
  E_REQUEST_TIMEOUT: 503,
  E_SERVER_CLOSING: 503,
  E_ENGINE_EMPTY: 503,
  E_STORE_LOCKED: 503,
  E_STORE_CLOSED: 503,
  E_STORE_CONNECTION: 503,
  E_STORE_POOL_EXHAUSTED: 503,
  E_STORE_DISK: 503,
  E_STORE_CORRUPT: 503,
  E_BROKER_UNAVAILABLE: 503,
  E_BROKER_RATE_LIMIT: 503,
  E_BROKER_SOCKET: 503,
  E_BROKER_CLOSED: 503,
  E_UPSTREAM_OPEN: 503,
  E_UPSTREAM_TIMEOUT: 504,
}

// Their messages name hosts, folders and statements, which are nobody's business outside.
const PRIVATE = /^E_(?:STORE|BROKER)_/

/** The HTTP status of an error code. */
export function statusOf(code: string): number {
  return isErrorCode(code) ? (STATUS[code] ?? 500) : 500
}

/** Whether the message and details of an error may leave the service. */
export function isPublic(code: string): boolean {
  return statusOf(code) !== 500 && !PRIVATE.test(code)
}

/** What a code means, in one sentence. */
export function meaningOf(code: ErrorCode): string {
  return ERROR_CODES[code]
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code)
}
