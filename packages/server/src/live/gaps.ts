import { minuteRows } from '@ralph-stock/adapters-kiwoom'
import type { TradeDate } from '@ralph-stock/core'
import type { LiveDesk } from '@ralph-stock/engine'
import type { SessionView } from '../api/index.js'
import type { Broker } from './broker.js'
import { catchUp } from './catch-up.js'
import type { HeldTicks } from './held-ticks.js'

/** What is needed to look after gaps. */
export type GapOptions = {
  readonly broker: Pick<Broker, 'clock' | 'listen' | 'source'>
  readonly desk: Pick<LiveDesk, 'signals' | 'replay' | 'update'>
  readonly held: HeldTicks
  readonly session: () => SessionView
  readonly onTrouble: (error: unknown, what: string) => void
}

/**
 * Makes up for the minutes in which no tick came: before the service began, and whenever the line is
 * down. A price that was printed then may have reached a stop or a target, and the ticks after it must
 * not be judged first: those of stocks with open signals wait until their minutes were fed. The others
 * are fed when the broker's feed has repaired its own minutes, by which also the seam is closed between
 * what was asked for and the first tick.
 */
export function mindGaps(options: GapOptions): { close(): Promise<void> } {
  const { broker, desk, held, session } = options
  const { source, clock } = broker
  let run = new AbortController()
  let running: Promise<void> = Promise.resolve()

  const date = (): TradeDate | null => {
    const { is_session, phase, date } = session()
    // Sound: a session's date is one.
    return is_session && phase !== 'closed' ? (date as TradeDate) : null
  }
  const hold = (): void => {
    run.abort()
    if (date() === null) return
    for (const { ticker } of desk.signals()) held.hold(ticker)
  }
  const feed = (): void => {
    hold()
    run = new AbortController()
    const today = date()
    const { signal } = run
    const onTrouble = (error: unknown, ticker: string): void =>
      options.onTrouble(error, `minutes of ${ticker}`)
    const tickers = held.tickers()
    // Of a day that is over nothing can be asked; its bars are followed after the close.
    if (today === null) for (const ticker of tickers) release(ticker)
    else {
      const asked = { desk, source, held, clock, date: today, signal, onTrouble }
      running = Promise.all([running, catchUp(tickers, asked)]).then(() => {})
    }
  }
  const release = (ticker: string): void => {
    for (const tick of held.release(ticker)) desk.update(tick)
  }

  hold()
  const stop = broker.listen((event) => {
    if (event.type === 'socket-down') hold()
    else if (event.type === 'socket-live') feed()
    else if (event.type === 'bars-repaired' && !held.holds(event.ticker)) {
      const { ticker, venue } = event
      try {
        desk.replay(ticker, minuteRows(ticker, venue, source.live.minuteBars(ticker)))
      } catch (error) {
        options.onTrouble(error, `minutes of ${ticker}`)
      }
    }
  })
  return {
    async close() {
      stop()
      run.abort()
      await running
    },
  }
}
