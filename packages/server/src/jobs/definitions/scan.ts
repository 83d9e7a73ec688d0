import {
  closeTime,
  type ScoreCard,
  type Strategy,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import {
  type EngineScan,
  pickStrategies,
  type ScanFilter,
  withGateWarning,
} from '@ralph-stock/engine'
import { z } from 'zod'
import { marketFilter, strategyId } from '../../api/index.js'
import { scanNow } from '../../services/scan-view.js'
import type { JobDefinition } from '../definition.js'
import type { Work } from './work.js'

const payload = z.object({
  strategy: z.union([strategyId, z.array(strategyId).min(1)]),
  date: z.iso.date().optional(),
  market: marketFilter.default('ALL'),
  min_grade: z.string().optional(),
  save: z.boolean().default(true),
})

/** What a scan is asked for. */
export type ScanAsked = z.infer<typeof payload>

/** What a scan came to; the result of its job. */
export type ScanOutcome = {
  readonly as_of: string
  readonly live: boolean
  readonly eligible: number
  readonly excluded: number
  /** Cards that the screen shows, by strategy. */
  readonly screened: Readonly<Record<string, number>>
  /** False where it was not asked for, and while the session is on. */
  readonly saved: boolean
  readonly added: number
  readonly corrected: number
  readonly kept: number
  /** Cards that would have been new signals, and were held back under a RED gate. */
  readonly held: number
  readonly took_ms: number
}

/** Scans the market by one strategy or several, and keeps what the screens show as signals. */
export function scanJob(work: Work): JobDefinition {
  return {
    lane: 'scan',
    async run(given, { progress }) {
      progress({ done: 0, total: 2, step: 'scoring' })
      const asked = payload.parse(given)
      const outcome = await runScan(work, asked, () =>
        progress({ done: 1, total: 2, step: 'saving' }),
      )
      progress({ done: 2, total: 2, step: 'done' })
      return outcome
    },
  }
}

/**
 * @throws RalphError E_STRATEGY_UNKNOWN, E_SESSION_NONE, E_DATE_INVALID, E_ENGINE_EMPTY, E_STORE_*
 */
export async function runScan(
  work: Work,
  asked: ScanAsked,
  onScored: () => void = () => {},
): Promise<ScanOutcome> {
  const started = performance.now()
  const strategies = pickStrategies(work.strategies, [asked.strategy].flat())
  const filter = {
    market: asked.market,
    ...(asked.min_grade === undefined ? {} : { minimumGrade: asked.min_grade }),
  }
  const market = asked.date === undefined ? (work.live()?.market() ?? null) : null
  const scan =
    market === null
      ? await storedScan(work, strategies, asked.date, filter)
      : scanNow(market, strategies, filter)
  const seconds = (performance.now() - started) / 1000
  for (const { id } of strategies) work.scanned(id, seconds / strategies.length)
  onScored()
  // A bar that is still being made decides nothing: its cards are looked at, and no signal is made.
  const saves = asked.save && (market === null || work.clock.now() >= closeTime(scan.asOf))
  const isRed = saves && (await isGateRed(work, market === null ? scan.asOf : undefined))
  const saved = saves ? await save(work, scan, strategies, isRed) : NOTHING_SAVED
  return {
    as_of: scan.asOf,
    live: market !== null,
    eligible: scan.universe.eligible,
    excluded: Object.values(scan.universe.excluded).reduce((sum, count) => sum + count, 0),
    screened: Object.fromEntries(
      scan.results.map(({ strategy, entries }) => [strategy.id, entries.length]),
    ),
    saved: saves,
    ...saved,
    took_ms: Math.round(performance.now() - started),
  }
}

type Saved = Pick<ScanOutcome, 'added' | 'corrected' | 'kept' | 'held'>

const NOTHING_SAVED: Saved = { added: 0, corrected: 0, kept: 0, held: 0 }

function storedScan(
  { engine }: Work,
  strategies: readonly Strategy[],
  date: string | undefined,
  filter: ScanFilter,
): Promise<EngineScan> {
  const ids = strategies.map(({ id }) => id)
  const asOf = date === undefined ? {} : { date: tradeDate(date) }
  return engine.scan({ strategies: ids, ...asOf, ...filter })
}

// Signals that are opened under a RED gate say so; where there is no gate nothing is said.
async function isGateRed(
  { strategies, gate }: Work,
  date: TradeDate | undefined,
): Promise<boolean> {
  if (!strategies.some(({ subject }) => subject === 'market')) return false
  return (await gate(date)).level === 'RED'
}

async function save(
  work: Work,
  scan: EngineScan,
  strategies: readonly Strategy[],
  isRed: boolean,
): Promise<Saved> {
  const { store, tellSignal, live } = work
  const planned = strategies.filter(({ plan }) => plan !== null)
  const wanted = scan.results
    .filter(({ strategy }) => planned.includes(strategy))
    .flatMap(({ entries }) => entries.map(({ card }) => card))
    // Nobody can act on what the budget does not buy.
    .filter(({ plan }) => plan !== null && plan.quantity > 0)
  const cards = isRed ? await underRed(work, scan.asOf, wanted) : wanted
  const { signals, added, corrected, kept } = await store.saveScan({
    asOf: scan.asOf,
    strategies: strategies.map(({ id }) => id),
    eligible: scan.universe.eligible,
    cards,
    fills: Object.fromEntries(planned.map(({ id, plan }) => [id, plan?.fill ?? 'close'])),
  })
  for (const signal of signals) tellSignal('opened', signal)
  // A corrected one has other levels, by which the desk must judge.
  if (added + corrected > 0) await live()?.desk.loadSignals()
  return { added, corrected, kept, held: wanted.length - cards.length }
}

// Held back is what would be new: what was opened that day already is still corrected.
async function underRed(
  { store, holdUnderRed }: Work,
  asOf: TradeDate,
  cards: readonly ScoreCard[],
): Promise<readonly ScoreCard[]> {
  const warned = cards.map(withGateWarning)
  if (!holdUnderRed) return warned
  const opened = await store.findSignals({ from: asOf, to: asOf })
  return warned.filter(({ strategyId, ticker }) =>
    opened.some((one) => one.strategyId === strategyId && one.ticker === ticker),
  )
}
