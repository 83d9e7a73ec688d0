import {
  dayNumber,
  fromDayNumber,
  type Market,
  requireSession,
  scanMarket,
  selectUniverse,
} from '@ralph-stock/core'
import { type EngineScan, pickStrategies, type ScanFilter, summarize } from '@ralph-stock/engine'
import type { ScanQuery, ScanResultView, UniverseView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cardView } from './card-view.js'
import { sessionOf } from './store-state.js'

/**
 * The cards of a strategy, made now: of the session that is on, or of a stored one.
 *
 * @throws RalphError E_STRATEGY_UNKNOWN, E_SESSION_NONE, E_DATE_INVALID, E_ENGINE_EMPTY
 */
export async function scanResultView(
  context: ServerContext,
  strategy: string,
  query: ScanQuery,
): Promise<ScanResultView> {
  const filter: ScanFilter = {
    market: query.market,
    all: query.all,
    ...(query.min_grade === undefined ? {} : { minimumGrade: query.min_grade }),
    ...(query.top === undefined ? {} : { top: query.top }),
  }
  const live = query.date === undefined ? liveScan(context, strategy, filter) : null
  const scan = live ?? (await storedScan(context, strategy, query.date, filter))
  return resultView(scan, live !== null)
}

/**
 * Who is considered on a date, and why the others are not.
 *
 * @throws RalphError E_SESSION_NONE, E_DATE_INVALID, E_ENGINE_EMPTY
 */
export async function universeView(
  context: ServerContext,
  date: string | undefined,
): Promise<UniverseView> {
  const asOf = await sessionOf(context, date)
  const market = await context.engine.market(asOf)
  const day = dayNumber(asOf)
  requireSession(market, day)
  const { eligible, excluded } = selectUniverse(market, day)
  return {
    as_of: asOf,
    list_date: market.universeDay === null ? null : fromDayNumber(market.universeDay),
    eligible: eligible.length,
    excluded: [...excluded].map(([ticker, reason]) => {
      const stock = market.member(ticker)?.stock
      return { ticker, name: stock?.name ?? ticker, market: stock?.market ?? '', reason }
    }),
  }
}

async function storedScan(
  context: ServerContext,
  strategy: string,
  date: string | undefined,
  filter: ScanFilter,
): Promise<EngineScan> {
  const asOf = await sessionOf(context, date)
  return context.engine.scan({ strategies: [strategy], date: asOf, ...filter })
}

function liveScan(context: ServerContext, id: string, filter: ScanFilter): EngineScan | null {
  const market = context.live?.market() ?? null
  const day = market === null ? undefined : market.sessions.at(-1)
  if (market === null || day === undefined) return null
  const strategies = pickStrategies(context.strategies, [id])
  return summarize(market, scanOn(market, strategies, day), strategies, filter)
}

function scanOn(market: Market, strategies: Parameters<typeof scanMarket>[1], day: number) {
  return scanMarket(market, strategies, fromDayNumber(day))
}

function resultView({ asOf, universe, results }: EngineScan, live: boolean): ScanResultView {
  // Sound: one strategy was asked, and gives one result.
  const { strategy, entries, grades, screened, unknown } =
    results[0] as EngineScan['results'][number]
  return {
    // Sound: the service has its own strategies alone.
    strategy: strategy.id as ScanResultView['strategy'],
    as_of: asOf,
    live,
    universe: {
      eligible: universe.eligible,
      excluded: { ...universe.excluded },
      as_of: universe.asOf,
    },
    grades: { ...grades },
    screened,
    unknown: { ...unknown },
    entries: entries.map(({ card, quote }) => ({
      card: cardView(card),
      quote:
        quote === null
          ? null
          : {
              close: quote.close,
              change: quote.change,
              tradedValue: Number.isNaN(quote.tradedValue) ? null : quote.tradedValue,
            },
    })),
  }
}
