import type { ListedSignal, SignalListQuery } from '@ralph-stock/adapters-timescale'
import type { ServerContext } from '../context.js'
import { cutPage } from './pages.js'
import { isoOf } from './session-view.js'
import { cursorOf } from './signal-view.js'

/**
 * The answer of a page of signals as JSON: what `signalPageView` makes, without an object per row. It is
 * asked for more often than anything else, and the lines of the cards come as text already.
 */
export async function signalPageText(
  { clock, store }: Pick<ServerContext, 'clock' | 'store'>,
  query: Omit<SignalListQuery, 'cards'>,
  limit: number,
): Promise<string> {
  const read = await store.repositories.signalLists.newest({ ...query, limit: limit + 1 })
  const { entries, nextCursor } = cutPage(read, limit, cursorOf)
  let signals = ''
  for (const row of entries) signals += signals === '' ? signalText(row) : `,${signalText(row)}`
  return (
    `{"success":true,"data":{"signals":[${signals}],"next_cursor":${quoted(nextCursor)}},` +
    `"error":null,"timestamp":"${isoOf(clock.now())}"}`
  )
}

// Names come from outside and are escaped; ids, dates and instants hold nothing to escape. A number
// writes itself as JSON has it, and what is not known is null.
function signalText(row: ListedSignal): string {
  const rate = row.return_rate
  return (
    `{"id":${row.id},"signal_type":"${row.strategy_id}",` +
    `"strategy_version":${JSON.stringify(row.strategy_version)},"ticker":"${row.ticker}",` +
    `"name":${JSON.stringify(row.name)},"market":${JSON.stringify(row.market)},` +
    `"sector":${JSON.stringify(row.sector)},"signal_date":"${row.signal_date}",` +
    `"status":"${row.status}","score":${row.score},"max_score":${row.max_score},` +
    `"coverage":${row.coverage},"grade":${JSON.stringify(row.grade)},` +
    `"entry_price":${row.entry_price},"target_price":${row.target_price},` +
    `"stop_price":${row.stop_price},"quantity":${row.quantity},"entered":${row.entered},` +
    `"entry_date":${quoted(row.entry_date)},"entry_time":${quoted(row.entry_time)},` +
    `"exit_date":${quoted(row.exit_date)},"exit_time":${quoted(row.exit_time)},` +
    `"exit_price":${row.exit_price},"exit_reason":${quoted(row.exit_reason)},` +
    `"return_pct":${rate === null ? null : rate * 100},"criteria":${row.criteria},` +
    `"created_at":"${row.created_at}","updated_at":"${row.updated_at}"}`
  )
}

function quoted(word: string | null): string {
  return word === null ? 'null' : `"${word}"`
}
