import {
  epochMsOfKst,
  fromDayNumber,
  krxCalendar,
  type MarketBatch,
  type QuoteVenue,
  RalphError,
  requireInteger,
  type SessionCalendar,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { type Clock, scaledClock, type Timer } from '../clock.js'
import type { MinuteBar } from '../map/columns.js'
import { instantOf } from '../map/times.js'
import type { HttpTransport } from '../rest/transport.js'
import type { OpenSocket } from '../socket/socket.js'
import { createFaults, type Faults } from './faults.js'
import { createBroadcast } from './line/broadcast.js'
import { createBuckets } from './line/bucket.js'
import { createRest, type SimulatedAnswer, type SimulatedRequest } from './line/rest.js'
import { createSearches } from './line/searches.js'
import { createSession, type Session, type Wire } from './line/session.js'
import { createTokens } from './line/tokens.js'
import { continueBasis, inventBasis, type MarketBasis } from './market/basis.js'
import { createIndexes } from './market/index-level.js'
import { createSimulatedMarket, type SimulatedMarket } from './market/market.js'
import { createRandom } from './market/random.js'
import { patientClock } from './patient-clock.js'

/** How a simulated broker is set up. The same seed and date give the same market. */
export type SimulatorOptions = {
  readonly seed?: number
  /**
   * A market to go on with: its stocks, their days, flows and indexes are the past, and each session
   * after its last one is invented from there. `stocks` and `history` are then without effect. An
   * invented market of the simulator's own unless given.
   */
  readonly past?: MarketBatch
  /** Papers of all kinds; 200 unless said. */
  readonly stocks?: number
  /** Sessions before the first day; 300 unless said. */
  readonly history?: number
  /** The first day; 2026-03-31, or the session after the given past, unless said. */
  readonly date?: string
  /** Korean clock time at which it begins; 08:00 unless said. */
  readonly time?: string
  /** How many times as fast as real time; 1 unless said. Without effect with a clock of one's own. */
  readonly speed?: number
  readonly clock?: Clock
  readonly calendar?: SessionCalendar
  /** Trades as a share of a usual day's; 1 unless said. */
  readonly activity?: number
  /** Requests a second of each TR, and how many at once; 5 and 5 unless said. */
  readonly perSecond?: number
  readonly burst?: number
  /** The only keys that are taken; any are unless said. */
  readonly keys?: { readonly app: string; readonly secret: string }
  readonly tokenLifeMs?: number
  readonly pingEveryMs?: number
  readonly loginWithinMs?: number
  readonly itemsPerGroup?: number
  /** Whether one key may have two sessions; the newest ends the older one unless true. */
  readonly allowTwoSessions?: boolean
  /** How long an answer takes within this process; 20 unless said. */
  readonly latencyMs?: number
}

/** What went over the line so far. */
export type SimulatorCounts = {
  readonly requests: number
  /** Requests beyond the allowance, those made to fail not counted. */
  readonly tooMany: number
  readonly sessions: number
  readonly tradeFrames: number
  readonly faults: ReturnType<Faults['counts']>
}

/** A broker that is not there: its market, its REST side and its socket, without a network. */
export interface Simulator {
  readonly clock: Clock
  /** Requests a second of each TR that it takes. */
  readonly perSecond: number
  /** The only keys that it takes; any when null. */
  readonly keys: { readonly app: string; readonly secret: string } | null
  readonly market: SimulatedMarket
  readonly faults: Faults
  /** Answers a request. */
  request(request: SimulatedRequest): SimulatedAnswer
  /** A client of the socket. */
  connect(wire: Wire): Session
  /** For a client in this process: requests and sockets without a network. */
  readonly transport: HttpTransport
  readonly openSocket: OpenSocket
  /** The minute bars of a stock so far today, as they truly are. */
  truth(code: string, venue?: QuoteVenue): MinuteBar[]
  counts(): SimulatorCounts
  close(): void
}

const DEFAULT_DATE = '2026-03-31'
const TOKEN_LIFE_MS = 86_400_000
const STEP_MS = 1000

/**
 * Makes a simulated broker that lives in the time of its clock.
 *
 * @throws RalphError E_PARAM_RANGE, E_DATE_INVALID, E_SESSION_NONE
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const seed = requireInteger('seed', options.seed ?? 5116, 0)
  const stocks = requireInteger('stocks', options.stocks ?? 200, 1, 9000)
  const history = requireInteger('history', options.history ?? 300, 0, 2400)
  const speed = options.speed ?? 1
  if (!(speed > 0 && speed <= 10_000)) {
    throw new RalphError('E_PARAM_RANGE', `speed must be from above 0 to 10000; found "${speed}"`)
  }
  const calendar = options.calendar ?? krxCalendar()
  const perSecond = options.perSecond ?? 5
  const activity = options.activity ?? 1
  const { past } = options
  const basis =
    past === undefined
      ? inventBasis({ seed, stocks, history, date: dateOf(options), calendar, activity })
      : continueBasis(past, { seed, calendar, activity })
  const start = epochMsOfKst(dateOf(options, basis), options.time ?? '08:00')
  // With a past, papers are many and lived with in one process: time waits for what is not done yet.
  const made = past === undefined ? scaledClock(speed, start) : patientClock(speed, start)
  const clock = options.clock ?? made
  const market = createSimulatedMarket({ seed, basis, calendar })
  const indexes = createIndexes(market, basis.indexes)
  const faults = createFaults()
  const tokens = createTokens(options.tokenLifeMs ?? TOKEN_LIFE_MS, createRandom(seed, 7))
  const buckets = createBuckets(perSecond, options.burst ?? 5)
  const searches = createSearches(market, clock)
  const sessions = new Set<Session>()
  const keys = options.keys ?? null
  const answer = createRest({ clock, market, indexes, tokens, buckets, faults, keys, perSecond })
  const broadcast = createBroadcast({ clock, market, indexes, searches, faults, sessions })
  const rules = {
    loginWithinMs: options.loginWithinMs ?? 10_000,
    pingEveryMs: options.pingEveryMs ?? 10_000,
    itemsPerGroup: options.itemsPerGroup ?? 100,
  }
  let timer: Timer | null = null

  const trouble = (): void => {
    if (faults.take('token-expiry') !== null || faults.take('token-revocation') !== null) {
      tokens.endAll()
    }
    const silent = faults.take('silent-socket')
    const dropped = faults.take('dropped-connection')
    const taken = faults.take('duplicate-login')
    for (const session of [...sessions]) {
      if (silent !== null) session.silentUntil = clock.now() + (silent.ms ?? 600_000)
      if (dropped !== null) session.end()
      if (taken !== null) session.end('R10001')
    }
  }

  const step = (): void => {
    trouble()
    broadcast.run()
    timer = clock.after(STEP_MS, step)
  }
  timer = clock.after(STEP_MS, step)

  const connect = (wire: Wire): Session => {
    const session = createSession({
      clock,
      tokens,
      rules,
      searches,
      wire,
      onLogin: (newest) => {
        if (options.allowTwoSessions === true) return
        for (const other of [...sessions]) {
          if (other !== newest && other.owner === newest.owner) other.end('R10001')
        }
      },
      onGone: (gone) => sessions.delete(gone),
    })
    sessions.add(session)
    return session
  }
  const latencyMs = options.latencyMs ?? 20

  return {
    clock,
    perSecond,
    keys,
    market,
    faults,
    request: answer,
    connect,
    transport: (request) =>
      new Promise((resolve, reject) => {
        const headers = new Map(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        )
        const path = new URL(request.url).pathname
        const header = (name: string): string => headers.get(name) ?? ''
        const given = answer({ method: 'POST', path, header, body: request.body })
        const late = given.delayMs > request.timeoutMs
        clock.after(late ? request.timeoutMs : latencyMs + given.delayMs, () => {
          if (given.dropped || late) {
            const reason = late ? 'no answer in time' : 'ECONNRESET'
            reject(new RalphError('E_BROKER_UNAVAILABLE', `the broker did not answer: ${reason}`))
            return
          }
          const { status, body } = given
          resolve({ status, body, header: (name) => given.headers[name] ?? '' })
        })
      }),
    openSocket: (_url, handlers) => {
      let open = true
      const later = (run: () => void): void => {
        clock.after(latencyMs, run)
      }
      const closed = (reason: string): void => {
        if (!open) return
        open = false
        handlers.onClose(reason)
      }
      const session = connect({
        send: (text) => {
          later(() => {
            if (open) handlers.onText(text)
          })
        },
        close: () => later(() => closed('closed with 1000')),
      })
      later(handlers.onOpen)
      return {
        send: (text) => later(() => session.receive(text)),
        close: () => {
          session.gone()
          closed('closed by the client')
        },
      }
    },
    truth: (code, venue = 'KRX') => {
      const paper = market.paper(code)
      if (paper === undefined) throw new RalphError('E_STOCK_UNKNOWN', `no stock "${code}"`)
      const { at, second } = market.moment(clock.now())
      return market.minutes(paper, venue, at, second).map((bar) => ({
        openTime: instantOf(market.days[at] as number, bar.minute * 60),
        open: bar.open,
        high: bar.high,
        low: bar.low,
        close: bar.close,
        volume: bar.volume,
      }))
    },
    counts: () => ({
      requests: buckets.counts().asked,
      tooMany: buckets.counts().refused,
      sessions: sessions.size,
      tradeFrames: broadcast.sent(),
      faults: faults.counts(),
    }),
    close: () => {
      timer?.stop()
      for (const session of [...sessions]) session.end()
    },
  }
}

/** The day on which the clock begins. */
function dateOf({ date, past }: SimulatorOptions, basis?: MarketBasis): TradeDate {
  if (past === undefined || basis === undefined) return tradeDate(date ?? DEFAULT_DATE)
  const first = fromDayNumber(basis.days[basis.first] as number)
  const last = fromDayNumber(basis.days[basis.first - 1] as number)
  const asked = tradeDate(date ?? first)
  if (asked > last) return asked
  throw new RalphError(
    'E_PARAM_RANGE',
    `date must be after ${last}, the last of the past; found "${asked}"`,
    {
      name: 'date',
      value: asked,
    },
  )
}
