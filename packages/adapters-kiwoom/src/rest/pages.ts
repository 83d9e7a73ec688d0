import { RalphError, type RequestOptions } from '@ralph-stock/core'
import type { RequestBody, RestClient } from './client.js'
import type { Tr } from './tr.js'

/** How far an answer is followed. */
export type PagingOptions = RequestOptions & {
  /** Pages after which to stop without an error. */
  readonly pages?: number
}

/** What one page held. */
export type RowsPage = {
  readonly rows: readonly unknown[]
  readonly body: Readonly<Record<string, unknown>>
  /** Whether this is the last page that the broker has. */
  readonly last: boolean
}

/** More pages than any answer has: 40 years of days are 17, a market's ranking 26. */
const MOST_PAGES = 400

/**
 * The pages of an answer, in order. Stops where the broker says so, where a page has no rows (an empty
 * page may promise more for ever), and after `pages`.
 *
 * @param list the name of the array in the body
 * @throws RalphError E_BROKER_PAYLOAD without the array, E_BROKER_PAGING when a cursor comes back
 */
export async function* rowPages(
  client: RestClient,
  tr: Tr,
  body: RequestBody,
  list: string,
  options: PagingOptions = {},
): AsyncGenerator<RowsPage> {
  const seen = new Set<string>()
  let next: string | null = null
  const most = options.pages ?? Number.POSITIVE_INFINITY
  for (let count = 1; ; count++) {
    const page = await client.page(tr, body, next, options)
    const rows = page.body[list]
    if (!Array.isArray(rows)) {
      throw new RalphError(
        'E_BROKER_PAYLOAD',
        `an answer of ${tr.id} must hold the array ${list}`,
        {
          api: tr.id,
          list,
        },
      )
    }
    next = page.next
    yield { rows, body: page.body, last: next === null || rows.length === 0 }
    if (next === null || rows.length === 0 || count >= most) return
    if (seen.has(next) || count >= MOST_PAGES) {
      throw new RalphError('E_BROKER_PAGING', `the pages of ${tr.id} must end; found a circle`, {
        api: tr.id,
        pages: count,
      })
    }
    seen.add(next)
  }
}
