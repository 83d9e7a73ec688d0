import { RalphError } from '@ralph-stock/core'

/**
 * Refuses an answer about another stock, or of another venue than was asked for: quotes of the
 * exchanges are never mixed in one series. An answer without an echo is taken for the asked one.
 *
 * @throws RalphError E_BROKER_PAYLOAD
 */
export function sameItem(
  body: Readonly<Record<string, unknown>>,
  asked: string,
  api: string,
): void {
  const { stk_cd: echo } = body
  if (echo === undefined || echo === '' || echo === asked) return
  throw new RalphError(
    'E_BROKER_PAYLOAD',
    `an answer of ${api} must be about ${asked}; found another stock or venue`,
    { api, asked },
  )
}
