import {
  type Clock,
  fromDayNumber,
  type MarketDataSource,
  type Timer,
  tradeDateOfEpochMs,
} from '@ralph-stock/core'
import type { LiveDesk } from '@ralph-stock/engine'

/** What is needed to follow net buying during a session. */
export type FlowWatchOptions = {
  readonly desk: Pick<LiveDesk, 'flows'>
  readonly source: Pick<MarketDataSource, 'flows'>
  readonly clock: Clock
  /** Whose net buying is worth a request now, the most wanted first. */
  readonly wanted: () => readonly string[]
  /** Whether the session is on. */
  readonly open: () => boolean
  readonly everyMs: number
  readonly onTrouble: (error: unknown, ticker: string) => void
}

/** A running watch. */
export type FlowWatch = {
  /** Epoch ms of the last answer; null before the first. */
  lastAt(): number | null
  stop(): void
}

/**
 * Asks for the net buying of one wanted stock after another, with the lowest priority: brokers answer
 * estimates during the session, which make the flow criteria of the best candidates known.
 */
export function watchFlows(options: FlowWatchOptions): FlowWatch {
  const { desk, source, clock } = options
  const stop = new AbortController()
  let queue: string[] = []
  let lastAt: number | null = null
  let timer: Timer | null = null

  const next = (): void => {
    if (stop.signal.aborted) return
    timer = clock.after(options.everyMs, () => {
      if (!options.open()) {
        next()
        return
      }
      if (queue.length === 0) queue = [...options.wanted()]
      const ticker = queue.shift()
      if (ticker === undefined) next()
      else ask(ticker).finally(next)
    })
  }

  const ask = async (ticker: string): Promise<void> => {
    const date = tradeDateOfEpochMs(clock.now())
    try {
      const { signal } = stop
      const rows = await source.flows({ ticker, from: date, to: date, priority: 'low', signal })
      lastAt = clock.now()
      const row = rows.length - 1
      if (row < 0 || fromDayNumber(rows.day[row] as number) !== date) return
      const [foreign, institution] = [rows.foreignNetValue[row], rows.institutionNetValue[row]]
      desk.flows(ticker, {
        ...known('foreign', foreign),
        ...known('institution', institution),
        provisional: rows.provisional?.[row] === 1,
      })
    } catch (error) {
      if (!stop.signal.aborted) options.onTrouble(error, ticker)
    }
  }

  next()
  return {
    lastAt: () => lastAt,
    stop: () => {
      stop.abort()
      timer?.stop()
    },
  }
}

function known<Name extends 'foreign' | 'institution'>(
  name: Name,
  value: number | undefined,
): Partial<Record<Name, number>> {
  // Sound: an object with the one name that it says.
  return value === undefined || Number.isNaN(value)
    ? {}
    : ({ [name]: value } as Partial<Record<Name, number>>)
}
