import { type ErrorCode, isRalphError, RalphError } from '@ralph-stock/core'

const BY_SQL_STATE: ReadonlyArray<readonly [prefix: string, code: ErrorCode, what: string]> = [
  ['23505', 'E_STORE_CONFLICT', 'a row with this key is there already'],
  ['53300', 'E_STORE_POOL_EXHAUSTED', 'the server has no connection left'],
  ['53100', 'E_STORE_DISK', 'the disk is full'],
  ['25006', 'E_STORE_DISK', 'the database is read-only'],
  ['58P01', 'E_STORE_CORRUPT', 'a file of the database is missing'],
  ['58', 'E_STORE_DISK', 'the disk cannot be read or written'],
  ['08', 'E_STORE_CONNECTION', 'the connection was lost'],
  ['57P', 'E_STORE_CONNECTION', 'the connection was lost'],
  ['28', 'E_STORE_CONNECTION', 'the server refuses this user'],
  ['3D', 'E_STORE_CONNECTION', 'the server has no such database'],
  ['XX001', 'E_STORE_CORRUPT', 'stored data are damaged'],
  ['XX002', 'E_STORE_CORRUPT', 'an index is damaged'],
]

const BY_SYSTEM_CODE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['E_STORE_DISK', 'the disk is full'],
  EDQUOT: ['E_STORE_DISK', 'the disk quota is used up'],
  EROFS: ['E_STORE_DISK', 'the disk is read-only'],
  EACCES: ['E_STORE_DISK', 'the folder may not be written'],
  EPERM: ['E_STORE_DISK', 'the folder may not be written'],
  ENOENT: ['E_STORE_DISK', 'the folder cannot be made'],
  ENOTDIR: ['E_STORE_DISK', 'the folder is not a folder'],
  EIO: ['E_STORE_DISK', 'the disk cannot be read or written'],
  ECONNREFUSED: ['E_STORE_CONNECTION', 'the server does not answer'],
  ECONNRESET: ['E_STORE_CONNECTION', 'the connection was lost'],
  EPIPE: ['E_STORE_CONNECTION', 'the connection was lost'],
  ETIMEDOUT: ['E_STORE_CONNECTION', 'the server does not answer'],
  ENOTFOUND: ['E_STORE_CONNECTION', 'the server is unknown'],
  EAI_AGAIN: ['E_STORE_CONNECTION', 'the server is unknown'],
  EHOSTUNREACH: ['E_STORE_CONNECTION', 'the server cannot be reached'],
}

const BY_MESSAGE: ReadonlyArray<readonly [pattern: RegExp, code: ErrorCode, what: string]> = [
  [
    /timeout exceeded when trying to connect/,
    'E_STORE_POOL_EXHAUSTED',
    'no connection became free',
  ],
  [/pool after calling end|PGlite is closed|closed instance/, 'E_STORE_CLOSED', 'it is closed'],
  [
    /Connection terminated|connection error and is not queryable/,
    'E_STORE_CONNECTION',
    'the connection was lost',
  ],
]

/**
 * Makes a coded error of whatever a driver threw. A `RalphError` passes as it is.
 *
 * @param where what the store is, for the message: a folder, or host and database (no password)
 */
export function storeError(error: unknown, where: string): RalphError {
  if (isRalphError(error)) return error
  const [code, what] = classify(error)
  const cause = error instanceof Error ? error.message : String(error)
  return new RalphError(code, `store ${where}: ${what} (${cause})`, { where }, { cause: error })
}

function classify(error: unknown): readonly [ErrorCode, string] {
  const { code, message } = factsOf(error)
  const system = BY_SYSTEM_CODE[code]
  if (system !== undefined) return system
  const state = /^[0-9A-Z]{5}$/.test(code) ? code : ''
  for (const [prefix, found, what] of BY_SQL_STATE) {
    if (state !== '' && state.startsWith(prefix)) return [found, what]
  }
  if (state !== '') return ['E_STORE_QUERY', 'the database refused a statement']
  for (const [pattern, found, what] of BY_MESSAGE) if (pattern.test(message)) return [found, what]
  return ['E_STORE_QUERY', 'the database failed']
}

function factsOf(error: unknown): { readonly code: string; readonly message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', message: String(error) }
  // A refused connection to several addresses comes as one error of many.
  const first = error instanceof AggregateError ? error.errors[0] : error
  const { code } = first as { readonly code?: unknown }
  return {
    code: typeof code === 'string' ? code : '',
    message: error instanceof Error ? error.message : '',
  }
}
