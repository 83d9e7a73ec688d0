import type { SignalExit, SignalStore, StoredSignal } from '@ralph-stock/core'
import { ensure, ensureEqual } from './check.js'
import { cardOf, codeOf, FIRST, PLAN, SECOND, scanOf, sorted } from './signal-cards.js'

/** How signals are entered and closed, by name. */
export const SIGNAL_LIFE: ReadonlyArray<
  readonly [name: string, body: (store: SignalStore) => Promise<void>]
> = [
  [
    'enters a signal at the close, and at an instant when it is live',
    async (store) => {
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      await store.saveScan(scanOf(FIRST, [cardOf('000200', FIRST)], { enteredAt: AT }))
      const entries = (await store.findSignals()).map(({ entry }) => entry)
      ensureEqual(
        sorted(entries),
        sorted([
          { date: FIRST, price: PLAN.entry, at: AT },
          { date: FIRST, price: PLAN.entry, at: null },
        ]),
        'the entries, newest first',
      )
    },
  ],
  [
    'leaves a signal waiting for the next open, and enters it once',
    async (store) => {
      const fills = { rising: 'next-open' } as const
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)], { fills }))
      const signal = await onlyOf(store)
      ensureEqual(signal.entry, null, 'the entry of a signal that waits')
      ensureEqual([signal.target, signal.stop], [PLAN.target, PLAN.stop], 'the levels of its plan')
      const entered = await store.enterSignal(signal, FILL)
      ensureEqual(sorted(entered), sorted(await onlyOf(store)), 'the signal as it was told')
      ensureEqual(
        sorted(entered.entry),
        sorted({ date: SECOND, price: 1100, at: null }),
        'the entry at the open',
      )
      ensureEqual(
        [entered.target, entered.stop],
        [FILL.target, FILL.stop],
        'the levels of the fill',
      )
      ensureEqual(sorted(entered.card), sorted(signal.card), 'the card')
      ensureEqual(
        await codeOf(store.enterSignal(signal, FILL)),
        'E_STORE_NOT_FOUND',
        'entering it again',
      )
    },
  ],
  [
    'closes a signal once, and opens the next after it',
    async (store) => {
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      const signal = await onlyOf(store)
      const told = await store.closeSignal(signal, EXIT)
      const [closed] = await store.findSignals({ status: 'CLOSED' })
      ensureEqual(sorted(closed?.exit), sorted(EXIT), 'how it ended')
      ensureEqual(sorted(told), sorted(closed), 'the signal as it was told')
      ensureEqual(sorted(closed?.entry), sorted(signal.entry), 'how it was entered')
      ensureEqual(
        await codeOf(store.closeSignal(signal, EXIT)),
        'E_STORE_NOT_FOUND',
        'closing it again',
      )
      const next = await store.saveScan(scanOf(SECOND, [cardOf('000100', SECOND)]))
      ensureEqual(next.added, 1, 'the signals that a later scan adds')
      ensureEqual(
        (await store.findSignals()).map(({ signalDate }) => signalDate),
        [SECOND, FIRST],
        'the signals, newest first',
      )
    },
  ],
  [
    'ends a signal that was never entered without a price or a return',
    async (store) => {
      const fills = { rising: 'next-open' } as const
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)], { fills }))
      const unfilled: SignalExit = {
        exitDate: SECOND,
        exitPrice: null,
        reason: 'unfilled',
        returnRate: null,
        at: null,
      }
      const signal = await onlyOf(store)
      const closed = await store.closeSignal(signal, unfilled)
      ensureEqual(closed.entry, null, 'the entry')
      ensureEqual(sorted(closed.exit), sorted(unfilled), 'how it ended')
      ensureEqual(
        await codeOf(store.enterSignal(signal, FILL)),
        'E_STORE_NOT_FOUND',
        'entering a closed signal',
      )
    },
  ],
  [
    'keeps the instants of a signal that lived within a session',
    async (store) => {
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)], { enteredAt: AT }))
      const exit = { ...EXIT, exitDate: FIRST, at: AT + 60_000 }
      const closed = await store.closeSignal(await onlyOf(store), exit)
      ensureEqual([closed.entry?.at, closed.exit?.at], [AT, AT + 60_000], 'the instants')
    },
  ],
  [
    'corrects a card of the close, and no card that was acted on since',
    async (store) => {
      const wrong = { plan: { ...PLAN, entry: 1040, quantity: 1, note: null } }
      await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST, wrong)]))
      const fixed = await store.saveScan(scanOf(FIRST, [cardOf('000100', FIRST)]))
      ensureEqual([fixed.added, fixed.corrected, fixed.kept], [0, 1, 0], 'a corrected card')
      ensureEqual(fixed.signals, [], 'the signals that were added')
      ensureEqual((await onlyOf(store)).entry?.price, PLAN.entry, 'the corrected entry')

      await store.saveScan(scanOf(FIRST, [cardOf('000200', FIRST)], { enteredAt: AT }))
      const night = await store.saveScan(scanOf(FIRST, [cardOf('000200', FIRST, { score: 0 })]))
      ensureEqual([night.added, night.corrected, night.kept], [0, 0, 1], 'a card entered live')
      const [live] = await store.findSignals({ ticker: '000200' })
      ensureEqual([live?.card.score, live?.entry?.at], [1, AT], 'the signal of the live card')
    },
  ],
]

const AT = Date.UTC(2026, 1, 9, 6)
const FILL = { date: SECOND, price: 1100, target: 1265, stop: 1045 }
const EXIT: SignalExit = {
  exitDate: SECOND,
  exitPrice: 1150,
  reason: 'target',
  returnRate: 0.15,
  at: null,
}

async function onlyOf(store: SignalStore): Promise<StoredSignal> {
  const [signal, ...others] = await store.findSignals()
  ensure(signal !== undefined && others.length === 0, 'there must be exactly one signal')
  return signal
}
