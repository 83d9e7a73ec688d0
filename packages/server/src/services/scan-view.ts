import {
  dayNumber,
  fromDayNumber,
  type Market,
  requireSession,
  type Strategy,
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
  if (market === null || market.sessions.length === 0) return null
  return scanNow(market, pickStrategies(context.strategies, [id]), filter)
}

/** Scans the market as it stands, in the session that it is in. */
export function scanNow(
  market: Market,
  strategies: readonly Strategy[],
  filter: ScanFilter,
): EngineScan {
  // Sound: a market that is followed has a session.
  const asOf = fromDayNumber(market.sessions.at(-1) as number)
  return summarize(market, scanMarket(market, strategies, asOf), strategies, filter)
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
