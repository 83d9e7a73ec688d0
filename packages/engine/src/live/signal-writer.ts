import {
  type FinishedScan,
  fromDayNumber,
  isRalphError,
  type SignalExit,
  type SignalFill,
  type SignalStore,
  type StoredSignal,
} from '@ralph-stock/core'
import { isSameCard } from './card-state.js'
import type { SignalNews } from './events.js'
import { type HeldSignal, heldOf } from './held-signal.js'
import type { SignalBook } from './signal-book.js'
import type { StoreQueue } from './store-queue.js'

/** What a writer works on. */
export type SignalWriterOptions = {
  readonly store: SignalStore
  readonly queue: StoreQueue
  readonly book: () => SignalBook
  /** Told once the store has it. */
  readonly tell: (news: SignalNews) => void
  /** A signal that the store turned out to hold, judged from here on. */
  readonly adopt: (held: HeldSignal) => void
}

/**
 * Brings what a book decides into the store, in order. Every write may be done twice, since an answer can
 * be lost after the store has taken it: the store's own uniqueness tells, and then what it holds counts.
 */
export interface SignalWriter {
  /** Opens a live signal with a scan of its card alone. */
  open(held: HeldSignal, scan: FinishedScan): void
  enter(held: HeldSignal, fill: SignalFill): void
  close(held: HeldSignal, exit: SignalExit): void
  /** Keeps a scan; resolves to the signals that it added. */
  save(scan: FinishedScan): Promise<readonly StoredSignal[]>
  /** Takes over what the store holds: open signals, and those of a day. */
  load(day: number): Promise<void>
}

/** Makes a writer. */
export function signalWriter(options: SignalWriterOptions): SignalWriter {
  const { store, queue, book, tell, adopt } = options
  const dropped = new WeakSet<HeldSignal>()

  const drop = (held: HeldSignal): void => {
    dropped.add(held)
    book().drop(held)
  }
  const ofDate = async (held: HeldSignal): Promise<StoredSignal | undefined> => {
    const { strategyId, ticker, signalDate: date } = held
    const [found] = await store.findSignals({ strategyId, ticker, from: date, to: date })
    return found
  }
  const adoptOpen = async ({ strategyId, ticker }: HeldSignal): Promise<void> => {
    const [open] = await store.findSignals({ strategyId, ticker, status: 'OPEN' })
    if (open !== undefined) adopt(heldOf(open))
  }
  const adoptNew = (signal: StoredSignal): void => {
    book().remember(signal)
    if (signal.status === 'OPEN' && book().find(signal.ticker, signal.strategyId) === undefined) {
      adopt(heldOf(signal))
    }
  }
  /** Runs a write on a signal; gives what the store holds when it says that there is no such row. */
  const change = async (
    held: HeldSignal,
    write: (stored: StoredSignal) => Promise<StoredSignal>,
  ): Promise<StoredSignal | undefined> => {
    const { stored } = held
    if (stored === null) throw new Error(`the signal of ${held.ticker} is not stored yet`)
    try {
      return await write(stored)
    } catch (error) {
      if (!isRalphError(error) || error.code !== 'E_STORE_NOT_FOUND') throw error
      return await ofDate(held)
    }
  }

  return {
    open(held, scan) {
      void queue.add(async () => {
        const { signals } = await store.saveScan(scan)
        const added = signals.find((one) => one.ticker === held.ticker)
        const found = added ?? (await ofDate(held))
        const isOurs = found?.entry?.at === scan.enteredAt
        if (found !== undefined && isOurs && found.status === 'OPEN') {
          held.stored = found
          held.entry = found.entry
          tell({ kind: 'opened', signal: found })
          return
        }
        // Another process was first, or there was one of this date that has ended.
        drop(held)
        await adoptOpen(held)
      })
    },
    enter(held, fill) {
      void queue.add(async () => {
        if (dropped.has(held)) return
        const found = await change(held, (stored) => store.enterSignal(stored, fill))
        if (found?.status !== 'OPEN' || found.entry === null) {
          drop(held)
          return
        }
        held.stored = found
        held.entry = found.entry
        held.target = found.target
        held.stop = found.stop
        const { date, price } = found.entry
        if (date === fill.date && price === fill.price) tell({ kind: 'entered', signal: found })
      })
    },
    close(held, exit) {
      void queue.add(async () => {
        if (dropped.has(held)) return
        const found = await change(held, (stored) => store.closeSignal(stored, exit))
        drop(held)
        const ended = found?.exit
        if (found === undefined || ended === null || ended === undefined) return
        const isOurs = ended.at === exit.at && ended.exitPrice === exit.exitPrice
        if (isOurs) tell({ kind: 'closed', signal: found })
      })
    },
    async save(scan) {
      const added: StoredSignal[] = []
      await queue.add(async () => {
        const saved = await store.saveScan(scan)
        added.push(...saved.signals)
        const others = await changedOnes(scan, added)
        for (const signal of added) tell({ kind: 'opened', signal })
        for (const news of others) tell(news)
        // Those of an earlier try, whose answer was lost.
        for (const { kind, signal } of others) if (kind === 'opened') added.push(signal)
      })
      return added
    },
    async load(day) {
      await queue.add(async () => {
        const date = fromDayNumber(day)
        const open = await store.findSignals({ status: 'OPEN' })
        const ofDay = await store.findSignals({ from: date, to: date })
        for (const signal of ofDay) book().remember(signal)
        reconcile(open)
      })
    },
  }

  /** What a scan did to signals that were there: corrected ones, and its own whose answer was lost. */
  async function changedOnes(
    { asOf, strategies, cards }: FinishedScan,
    signals: readonly StoredSignal[],
  ): Promise<SignalNews[]> {
    for (const signal of signals) adoptNew(signal)
    if (signals.length === cards.length) return []
    const news: SignalNews[] = []
    for (const strategyId of strategies) {
      for (const found of await store.findSignals({ strategyId, from: asOf, to: asOf })) {
        const isNew = signals.some((one) => one.id === found.id && one.strategyId === strategyId)
        const card = cards.find(
          (one) => one.ticker === found.ticker && one.strategyId === strategyId,
        )
        if (isNew || card === undefined || found.status !== 'OPEN') continue
        const held = book().find(found.ticker, strategyId)
        if (held === undefined) {
          adoptNew(found)
          if (isSameCard(found.card, card)) news.push({ kind: 'opened', signal: found })
        } else if (held.stored !== null && !isSameCard(held.stored.card, found.card)) {
          drop(held)
          adoptNew(found)
          news.push({ kind: 'updated', signal: found })
        }
      }
    }
    return news
  }

  function reconcile(open: readonly StoredSignal[]): void {
    const same = (held: HeldSignal, stored: StoredSignal): boolean =>
      held.stored?.id === stored.id && held.strategyId === stored.strategyId
    for (const held of book().held()) {
      // What was decided here is still on its way.
      if (held.stored === null || held.exit !== null || held.entry !== held.stored.entry) continue
      const stored = open.find((one) => same(held, one))
      if (stored === undefined) drop(held)
      else if (!isSameCard(held.stored.card, stored.card) || held.entry === null) {
        drop(held)
        adopt(heldOf(stored))
      }
    }
    for (const stored of open) {
      if (book().find(stored.ticker, stored.strategyId) === undefined) adopt(heldOf(stored))
    }
  }
}
