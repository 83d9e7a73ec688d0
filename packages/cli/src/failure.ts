import { isRalphError, RalphError } from '@ralph-stock/core'

/** What the program tells its caller. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const

/** A mistake on the command line, as opposed to one in the data. */
export function usageError(message: string): RalphError {
  return new RalphError('E_CLI_USAGE', message)
}

/** What to do about an error whose own message does not say it. */
const ADVICE: Readonly<Record<string, string>> = {
  E_ENGINE_EMPTY: 'run "ralph-stock start" for the demo market or "ralph-stock import DIR"',
  E_STOCK_UNKNOWN: 'see "ralph-stock scan --all" for the tickers',
  E_BROKER_SETTINGS: 'see "ralph-stock sync --help"',
  E_BROKER_CLOSED: 'what was stored stays; run it again to go on',
  E_SYNC_INCOMPLETE: 'the others are stored; run it again for these',
  E_STORE_LOCKED: 'stop it, or give another --home',
  E_STORE_CONNECTION: 'check DATABASE_URL',
}

/** An error on one line: its code, what was wrong, what to do. */
export function failureLine(error: unknown): string {
  if (!isRalphError(error)) return `E_CLI_INTERNAL: ${oneLine(String(error))}`
  const advice = ADVICE[error.code]
  const line = `${error.code}: ${oneLine(error.message)}`
  return advice === undefined ? line : `${line}; ${advice}`
}

export function exitCodeOf(error: unknown): number {
  return isRalphError(error) && error.code === 'E_CLI_USAGE' ? EXIT.usage : EXIT.failed
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, ' ')
}
