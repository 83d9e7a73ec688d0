import type { z } from 'zod'
import type { dataStatus } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { lastClosed } from '../services/session-view.js'

type DataStatusView = z.infer<typeof dataStatus>
type Detail = DataStatusView['details'][number]

/** Every row is counted, so it is not done for each who asks. */
const KEPT_MS = 10_000

const kept = new WeakMap<
  object,
  { readonly status: Promise<DataStatusView>; readonly at: number }
>()

/** What the store holds and up to when, at most ten seconds old. */
export function dataStatusOf(context: ServerContext): Promise<DataStatusView> {
  const known = kept.get(context)
  const now = performance.now()
  if (known !== undefined && now - known.at < KEPT_MS) return known.status
  const status = read(context)
  kept.set(context, { status, at: now })
  status.catch(() => kept.delete(context))
  return status
}

async function read(context: ServerContext): Promise<DataStatusView> {
  const { store } = context
  const { signals, daytradingSignals, quotes } = store.repositories
  const summary = await store.summary()
  const { stocks, lastDate, sources } = summary
  const behind = lastDate === null ? stocks : (await quotes.gaps(lastDate)).length
  const expected = lastClosed(context)
  const daily = (name: string, count: number): Detail => ({
    name,
    status:
      count === 0 || lastDate === null
        ? 'empty'
        : expected !== null && lastDate < expected
          ? 'stale'
          : 'ok',
    last_update: count === 0 ? null : lastDate,
    record_count: count,
    error_message: null,
  })
  const kept = (name: string, count: number): Detail => ({
    ...daily(name, count),
    status: count === 0 ? 'empty' : 'ok',
    last_update: null,
  })
  return {
    total_stocks: stocks,
    updated_stocks: stocks - behind,
    last_update: lastDate,
    sources: [...sources],
    details: [
      kept('stocks', stocks),
      daily('daily_prices', summary.bars),
      daily('institutional_flows', summary.flows),
      daily('index_bars', summary.indexBars),
      kept('signals', await signals.count()),
      kept('daytrading_signals', await daytradingSignals.count()),
    ],
  }
}
