import { type SyncReport, syncMarket } from '@ralph-stock/adapters-kiwoom'
import { dayNumber, RalphError, tradeDate, tradeDateOfEpochMs } from '@ralph-stock/core'
import { inventedAmong, type SyncTarget, syncTarget } from '@ralph-stock/engine'
import { z } from 'zod'
import { ticker } from '../../api/index.js'
import type { Broker } from '../../live/broker.js'
import type { JobDefinition, JobRun } from '../definition.js'
import type { Work } from './work.js'

const payload = z.object({
  date: z.string().optional(),
  from: z.iso.date().optional(),
  tickers: z.array(ticker).min(1).max(1000).optional(),
})

/** Brings bars, flows, indexes and the list from the broker into the store. */
export function syncJob(work: Work): JobDefinition {
  return {
    lane: 'sync',
    attempts: 5,
    async run(given, run) {
      const { from, tickers } = payload.parse(given)
      const report = await runSync(work, run, {
        ...(from === undefined ? {} : { from: tradeDate(from) }),
        ...(tickers === undefined ? {} : { tickers }),
      })
      await work.renew()
      return outcomeOf(report)
    },
  }
}

/** Brings the list of stocks alone. */
export function syncListJob(work: Work): JobDefinition {
  return {
    lane: 'sync',
    attempts: 5,
    async run(_, { signal, progress }) {
      const broker = requireBroker(work)
      progress({ done: 0, total: 1, step: 'list of stocks' })
      const target = await targetOf(work, broker)
      const stocks = await target.source.listStocks({ priority: 'low', signal })
      const { source: _source, ...nothing } = EMPTY
      const now = work.clock.now()
      const report = await target.store.write({
        ...nothing,
        source: _source,
        knownAt: now,
        stocks,
        listDay: dayNumber(tradeDateOfEpochMs(now)),
      })
      await work.renew()
      progress({ done: 1, total: 1, step: 'done' })
      return { synced: stocks.length, ...report.stocks }
    },
  }
}

const EMPTY = { source: 'kiwoom', bars: null, flows: null, indexes: null } as const

/**
 * @throws RalphError E_BROKER_*, E_SYNC_INCOMPLETE when some stocks failed; E_SERVICE_ABSENT without a
 * broker
 */
export async function runSync(
  work: Work,
  { signal, progress }: Pick<JobRun, 'signal' | 'progress'>,
  asked: Pick<Parameters<typeof syncMarket>[0], 'from' | 'tickers'> = {},
): Promise<SyncReport> {
  const broker = requireBroker(work)
  const { leaving: _, ...target } = await targetOf(work, broker)
  const report = await syncMarket({
    ...target,
    ...asked,
    clock: work.clock,
    calendar: work.calendar,
    signal,
    onProgress: ({ done, total, estimatedEndAt }) =>
      progress({ done, total, step: 'bars and flows', estimatedEndAt }),
  })
  const [first] = report.failures
  if (first === undefined) return report
  throw new RalphError(
    'E_SYNC_INCOMPLETE',
    `${report.failed} of ${report.done} stocks failed, the first of them ${first.ticker}: ${first.code}`,
    { failed: report.failed, tickers: report.failures.map((one) => one.ticker) },
  )
}

/** What a sync did, in the result of its job. */
export function outcomeOf(report: SyncReport): Readonly<Record<string, unknown>> {
  const { through, done, skipped, bars, flows, indexBars, readjusted } = report
  return {
    through,
    synced: done,
    skipped,
    bars,
    flows,
    index_bars: indexBars,
    readjusted: readjusted.length,
  }
}

async function targetOf({ store, clock }: Work, broker: Broker): Promise<SyncTarget> {
  const { sources } = await store.summary()
  return syncTarget({
    source: broker.source,
    store,
    simulated: broker.simulated,
    continues: broker.continues && inventedAmong(sources).length === sources.length,
    where: store.where,
    knownAt: clock.now(),
  })
}

function requireBroker({ broker }: Work): Broker {
  if (broker !== null) return broker
  throw new RalphError(
    'E_SERVICE_ABSENT',
    'no broker is followed; set KIWOOM_ENV, KIWOOM_APP_KEY and KIWOOM_SECRET_KEY',
  )
}
