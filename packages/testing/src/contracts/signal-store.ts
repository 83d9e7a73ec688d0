import {
  createSeries,
  criterion,
  defineStrategy,
  isRalphError,
  type ScoreCard,
  type SignalStore,
  score,
  bars as sources,
  tradeDate,
} from '@ralph-stock/core'
import { type ContractCheck, ensure, ensureEqual } from './check.js'

/**
 * What every `SignalStore` does, as checks for any test runner. Each opens a store of its own.
 *
 * @param open makes an empty store; the check closes it
 * @example for (const { name, run } of testSignalStore(openMine)) it(name, run)
 */
export function testSignalStore(open: () => Promise<SignalStore>): readonly ContractCheck[] {
  const check = (name: string, body: (store: SignalStore) => Promise<void>): ContractCheck => ({
    name,
    run: async () => {
      const store = await open()
      try {
        await body(store)
      } finally {
        await store.close()
      }
    },
  })
  return [
    check('holds no signal at first', async (store) => {
      ensureEqual(await store.findSignals(), [], 'the signals')
    }),
    check('opens a signal for each card, the card kept whole', async (store) => {
      const cards = [cardOf('000100', FIRST), cardOf('000200', FIRST)]
      const saved = await store.saveScan(scanOf(FIRST, cards))
      ensureEqual([saved.added, saved.corrected, saved.kept], [2, 0, 0], 'what became of the cards')
      const found = await store.findSignals({ ticker: '000200' })
      ensureEqual(found.length, 1, 'the number of signals of the stock')
      const [signal] = found
      ensureEqual(sorted(signal?.card), sorted(cards[1]), 'the card')
      ensureEqual([signal?.status, signal?.exit], ['OPEN', null], 'the life of a new signal')
      ensureEqual(signal?.signalDate, FIRST, 'the date')
    }),
    check('adds nothing when the same scan comes again', async (store) => {
      const scan = scanOf(FIRST, [cardOf('000100', FIRST)])
      await store.saveScan(scan)
      const again = await store.saveScan(scan)
      ensureEqual([again.added, again.kept], [0, 1], 'what became of the same card')
      ensureEqual((await store.findSignals()).length, 1, 'the number of signals')
    }),
    check('keeps one open signal per stock and strategy', async (store) => {
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      const later = await store.saveScan(scanOf(SECOND, [cardOf('000100', SECOND)]))
      ensureEqual([later.added, later.kept], [0, 1], 'what became of a card while one is open')
      const open = await store.findSignals({ status: 'OPEN' })
      ensureEqual(
        open.map(({ signalDate }) => signalDate),
        [FIRST],
        'the open signals',
      )
    }),
    check('closes a signal once, and opens the next after it', async (store) => {
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      const [signal] = await store.findSignals()
      ensure(signal !== undefined, 'a saved signal must be found')
      await store.closeSignal(signal, EXIT)
      const [closed] = await store.findSignals({ status: 'CLOSED' })
      ensureEqual(sorted(closed?.exit), sorted(EXIT), 'how it ended')
      const second = await store.closeSignal(signal, EXIT).then(
        () => 'closed',
        (error: unknown) => (isRalphError(error) ? error.code : 'another error'),
      )
      ensureEqual(second, 'E_STORE_NOT_FOUND', 'closing it again')
      const next = await store.saveScan(scanOf(SECOND, [cardOf('000100', SECOND)]))
      ensureEqual(next.added, 1, 'the signals that a later scan adds')
      ensureEqual(
        (await store.findSignals()).map(({ signalDate }) => signalDate),
        [SECOND, FIRST],
        'the signals, newest first',
      )
    }),
    check('keeps all cards of a scan, or none', async (store) => {
      const wrong = { ...cardOf('000200', FIRST), ticker: null as unknown as string }
      const scan = scanOf(FIRST, [cardOf('000100', FIRST), wrong])
      const saved = await store.saveScan(scan).then(
        () => true,
        () => false,
      )
      ensure(!saved, 'a card without a ticker must be refused')
      ensureEqual(await store.findSignals(), [], 'what a refused scan left')
    }),
  ]
}

const FIRST = tradeDate('2026-02-09')
const SECOND = tradeDate('2026-02-10')
const EXIT = { exitDate: SECOND, exitPrice: 1150, reason: 'target', returnRate: 0.15 }

const rising = defineStrategy({
  id: 'rising',
  version: '1.0.0',
  maxScore: 1,
  lookback: 1,
  criteria: [
    criterion({
      id: 'rising.day',
      maxPoints: 1,
      label: { ko: '양봉', en: 'Closed above the open' },
      inputs: { open: sources.open, close: sources.close },
      score: ({ open, close }) => Number(close > open),
    }),
  ],
  grades: { A: 1 },
})

function cardOf(ticker: string, date: string): ScoreCard {
  const bar = { date, open: 1000, high: 1060, low: 990, close: 1050, volume: 10 }
  return score(rising, createSeries({ ticker, bars: [bar] }))
}

function scanOf(
  asOf: typeof FIRST,
  cards: readonly ScoreCard[],
): Parameters<SignalStore['saveScan']>[0] {
  return { asOf, strategies: [rising.id], eligible: 2, cards }
}

// A store may keep the fields in another order.
function sorted(value: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null))
  return order(plain)
}

function order(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(order)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, order(inner)]),
  )
}
