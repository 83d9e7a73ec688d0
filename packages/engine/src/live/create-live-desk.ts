import {
  closeTime,
  dayNumber,
  dayNumberOfEpochMs,
  fromDayNumber,
  type Market,
  RalphError,
  type ScoreCard,
  scanMarket,
  type TickRefusal,
  tradeDate,
} from '@ralph-stock/core'
import { createEmitter } from '../events.js'
import { cardWatch } from './card-watch.js'
import { carrySession } from './carry-session.js'
import type { LiveDeskEvents } from './events.js'
import { isRed, withGateWarning } from './gate-warning.js'
import { gateWatch } from './gate-watch.js'
import type { HeldSignal } from './held-signal.js'
import type { LiveDesk } from './live-desk.js'
import { checkOptions, type LiveDeskOptions } from './options.js'
import { replayMinutes } from './replay.js'
import { sessionHours } from './session-hours.js'
import type { SignalBook } from './signal-book.js'
import { signalWriter } from './signal-writer.js'
import { openStage, type Stage } from './stage.js'
import { storeQueue } from './store-queue.js'

/**
 * Opens the desk of a trading day: cards, gate and signals that follow ticks from a history. It neither
 * fetches nor listens; time comes from the clock alone.
 *
 * @throws RalphError E_PARAM_RANGE, E_ENGINE_DUPLICATE
 * @example
 * const desk = createLiveDesk({ market: await engine.market(), strategies, signals, clock })
 * await desk.loadSignals()
 * desk.events.on('signal', ({ kind, signal }) => announce(kind, signal))
 * source.subscribe(desk.candidates(100), (tick) => desk.update(tick))
 */
export function createLiveDesk(options: LiveDeskOptions): LiveDesk {
  const checked = checkOptions(options)
  const { strategies, clock, calendar, signals: store, gate: gateStrategy, closingBet } = checked
  const events = createEmitter<LiveDeskEvents>()
  const hoursOf = sessionHours(calendar)
  const refusals: Partial<Record<TickRefusal, number>> = {}
  const listens = (name: keyof LiveDeskEvents): boolean =>
    (events.all.get(name)?.length ?? 0) > 0 || (events.all.get('*')?.length ?? 0) > 0
  // A listener that throws must not undo what it is told of, nor keep others from what they wait for.
  const tellLater = <K extends keyof LiveDeskEvents>(name: K, news: LiveDeskEvents[K]): void =>
    queueMicrotask(() => events.emit(name, news))
  const queue = storeQueue({
    clock,
    retryMs: checked.retryMs,
    longestRetryMs: checked.longestRetryMs,
    onFailed: (error, retryMs) =>
      tellLater('store:failed', { error, pending: queue.pending(), retryMs }),
    onRecovered: () => tellLater('store:recovered', { pending: queue.pending() }),
  })
  const adopt = (held: HeldSignal): void => {
    const { board, book } = stage
    book.add(held)
    const position = board.position(held.ticker)
    // What was printed in this session before the signal was known is judged at once.
    if (position === undefined || Number.isNaN(board.quotes.tickedAt(position))) return
    const { quotes } = board
    book.take(position, quotes.day(position), quotes.tickedAt(position), quotes.bar(position))
  }
  const writer = signalWriter({
    store,
    queue,
    book: () => stage.book,
    tell: (news) => tellLater('signal', news),
    adopt,
  })
  const gate = gateWatch({
    clock,
    cadenceMs: checked.gateCadenceMs,
    compute: () => (gateStrategy === null ? null : stage.board.marketCard(gateStrategy)),
    tell: (card) => events.emit('gate', card),
  })
  const isHeldBack = (): boolean => checked.holdUnderRed && isRed(gateStrategy, gate.recent())
  const marked = (card: ScoreCard): ScoreCard =>
    isRed(gateStrategy, gate.recent()) ? withGateWarning(card) : card
  const stageOf = (market: Market, carried: SignalBook | null): Stage =>
    openStage({
      checked,
      market,
      hoursOf,
      writer,
      carried,
      mayOpen: () => queue.pending() < checked.maximumPending && !isHeldBack(),
      marked,
    })
  let stage = stageOf(checked.market, null)
  const cards = cardWatch({
    clock,
    cadenceMs: checked.cardCadenceMs,
    cardsOf: (position) => stage.board.cards(stage.tickerOf(position)),
    tell: (card) => {
      const { ticker, strategyId } = card
      tellLater('card', { ticker, strategyId, card })
    },
  })
  const touch = (position: number): void => {
    if (listens('card')) cards.touch(position)
    gate.touch(listens('gate'))
  }
  const refuse = (ticker: string, code: TickRefusal, message: string): void => {
    refusals[code] = (refusals[code] ?? 0) + 1
    events.emit('refused', { ticker, code, message })
  }
  const find = (ticker: string): number => {
    const position = stage.board.position(ticker)
    if (position !== undefined) return position
    throw new RalphError('E_STOCK_UNKNOWN', `no stock has the ticker "${ticker}"`, { ticker })
  }

  return {
    strategies,
    events,
    get date() {
      const day = stage.board.day()
      return Number.isFinite(day) ? fromDayNumber(day) : null
    },
    update(tick) {
      const { board, book, trader } = stage
      const result = board.update(tick)
      if (!result.accepted) {
        refuse(tick.ticker, result.code, result.message)
        return result
      }
      const position = find(tick.ticker)
      const day = dayNumberOfEpochMs(tick.at)
      if (board.range !== null) book.take(position, day, tick.at, board.range)
      trader?.consider(position, day, tick)
      touch(position)
      if (listens('price')) events.emit('price', board.quotes.quote(position))
      return result
    },
    index(tick) {
      const { indexes } = stage.board
      const refusal = indexes.take(tick)
      if (refusal !== null) {
        refuse(tick.name, refusal.code, refusal.message)
        return false
      }
      gate.touch(listens('gate'))
      const quote = listens('index') ? indexes.quote(tick.name) : null
      if (quote !== null) events.emit('index', quote)
      return true
    },
    flows(ticker, flows) {
      const position = find(ticker)
      stage.board.flows(position, dayNumberOfEpochMs(clock.now()), flows)
      touch(position)
    },
    replay(ticker, minutes) {
      const position = find(ticker)
      const { board, book } = stage
      const taken = replayMinutes({ board, book, hoursOf, now: clock.now() }, position, minutes)
      if (taken > 0) {
        touch(position)
        if (listens('price')) events.emit('price', board.quotes.quote(position))
      }
      return taken
    },
    refused: () => ({ ...refusals }),
    price: (ticker) => stage.board.quotes.quote(find(ticker)),
    prices: () => stage.positions.map((position) => stage.board.quotes.quote(position)),
    indexes: () => stage.board.indexes.quotes(),
    cards: (ticker) => stage.board.cards(ticker),
    market: () => stage.board.market(),
    gate: () => gate.now(),
    scan: (ids, filter = {}) => stage.board.scan(ids, filter),
    candidates: (limit) => stage.candidates.list(limit),
    signals: () => stage.book.held().flatMap(({ stored }) => stored ?? []),
    loadSignals: () => writer.load(dayNumberOfEpochMs(clock.now())),
    async runClosingBet(at) {
      const { board } = stage
      const day = dayNumberOfEpochMs(at)
      gate.touch(listens('gate'))
      if (closingBet === null || board.day() !== day || isHeldBack()) return []
      const {
        asOf,
        universe,
        cards: all,
      } = scanMarket(board.market(), [closingBet], fromDayNumber(day))
      const { id, plan } = closingBet
      const passed = (all.get(id) ?? []).filter(({ screen }) => screen.passed)
      return await writer.save({
        asOf,
        strategies: [id],
        eligible: universe.eligible.length,
        cards: passed.map(marked),
        ...(plan === null ? {} : { fills: { [id]: plan.fill } }),
      })
    },
    async endSession(date) {
      const ended = tradeDate(date)
      const day = dayNumber(ended)
      const closes = closeTime(ended)
      const { board, book, positions } = stage
      board.settle(closes)
      book.expire(day, closes)
      for (const position of positions) if (board.quotes.day(position) === day) touch(position)
      await queue.flush()
    },
    pending: () => queue.pending(),
    flush: () => queue.flush(),
    rollTo(market) {
      const before = stage.board
      stage = stageOf(market, stage.book)
      carrySession(before, stage.board, market)
      cards.forget()
      gate.touch(listens('gate'))
    },
    close() {
      cards.close()
      gate.close()
      queue.close()
    },
  }
}
