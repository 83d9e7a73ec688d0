import {
  closeTime,
  dayNumber,
  findDay,
  MARKET_TICKER,
  type ScoreCard,
  tradeDate,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import type { MarketGateView, SectorsView } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { cardView } from './card-view.js'
import { isoOf } from './session-view.js'
import { sessionOf } from './store-state.js'

const GATE = 'market-gate'
const INDEXES = ['KOSPI', 'KOSDAQ'] as const
type IndexName = (typeof INDEXES)[number]
type IndexView = MarketGateView['kospi']

type Gate = { readonly card: ScoreCard; readonly live: boolean }

/**
 * The market's card: as it stands in the session that is on, or that of a stored session.
 *
 * @throws RalphError E_SESSION_NONE, E_DATE_INVALID, E_STRATEGY_UNKNOWN, E_ENGINE_EMPTY
 */
export async function gateOf(context: ServerContext, date: string | undefined): Promise<Gate> {
  const live = context.live?.gate() ?? null
  if (live !== null && (date === undefined || date === live.asOf)) return { card: live, live: true }
  const asOf = await sessionOf(context, date)
  const request = { ticker: MARKET_TICKER, strategy: GATE, date: asOf }
  return { card: await context.engine.score(request), live: false }
}

/** The gate with its indexes and sectors; what is not known is null, and then the level says so. */
export async function gateView(
  context: ServerContext,
  date: string | undefined,
): Promise<MarketGateView> {
  const { card, live } = await gateOf(context, date)
  const [kospi, kosdaq] = await Promise.all(
    INDEXES.map((name) => indexView(context, name, card, live)),
  )
  const level = levelOf(card)
  return {
    level,
    score: level === 'UNKNOWN' ? null : card.score,
    as_of: card.asOf,
    live,
    // Sound: there is one for each name.
    kospi: kospi as IndexView,
    kosdaq: kosdaq as IndexView,
    sectors: [...(card.sectors ?? [])],
    card: cardView(card),
    updated_at: isoOf(updatedAt(context, card, live)),
  }
}

/** The sectors of the market's card, strongest first. */
export async function sectorsView(
  context: ServerContext,
  date: string | undefined,
): Promise<SectorsView> {
  const { card, live } = await gateOf(context, date)
  return {
    as_of: card.asOf,
    live,
    sectors: (card.sectors ?? []).map(({ sector, change, members }) => ({
      name: sector,
      change_pct: change * 100,
      members,
      signal: change > 0.01 ? 'bullish' : change < -0.01 ? 'bearish' : 'neutral',
    })),
  }
}

async function indexView(
  context: ServerContext,
  name: IndexName,
  card: ScoreCard,
  live: boolean,
): Promise<IndexView> {
  const now = live
    ? (context.live?.index(name) ?? null)
    : await storedIndex(context, name, card.asOf)
  const change = now?.change ?? null
  return {
    name,
    value: now?.value ?? null,
    change_pct: change === null ? null : change * 100,
    text: changeInWords(change),
  }
}

async function storedIndex(
  { engine }: ServerContext,
  name: IndexName,
  date: string,
): Promise<{ value: number; change: number | null } | null> {
  const series = (await engine.market(date)).indexes[name]
  if (series === undefined) return null
  const bar = findDay(series.days, dayNumber(tradeDate(date)))
  const close = series.columns['bars.close']
  const value = bar < 0 ? undefined : close?.[bar]
  if (value === undefined || Number.isNaN(value)) return null
  const before = close?.[bar - 1]
  return { value, change: before === undefined || !(before > 0) ? null : value / before - 1 }
}

function changeInWords(change: number | null): IndexView['text'] {
  if (change === null) return { ko: '정보 없음', en: 'unknown' }
  if (change > 0.01) return { ko: '강세', en: 'strong' }
  if (change > 0) return { ko: '소폭 상승', en: 'slightly up' }
  if (change === 0) return { ko: '보합', en: 'unchanged' }
  return change > -0.01 ? { ko: '소폭 하락', en: 'slightly down' } : { ko: '약세', en: 'weak' }
}

function levelOf({ grade }: ScoreCard): MarketGateView['level'] {
  return grade === 'GREEN' || grade === 'YELLOW' || grade === 'RED' ? grade : 'UNKNOWN'
}

// A stored card is what its session closed with, whenever it is asked for.
function updatedAt({ live, clock }: ServerContext, card: ScoreCard, isLive: boolean): number {
  if (!isLive) return closeTime(card.asOf)
  const heard = INDEXES.map((name) => live?.index(name)?.at ?? 0)
  const last = Math.max(...heard)
  return last > 0 && tradeDateOfEpochMs(last) === card.asOf ? last : clock.now()
}
