import { RalphError, type SessionCalendar } from '@ralph-stock/core'
import type { TokenSource } from '../auth/token-source.js'
import type { Clock, Timer } from '../clock.js'
import type { EventListener } from '../events.js'
import { backOffMs, type RandomSource, SOCKET_BACK_OFF } from '../limits/back-off.js'
import { innerCode } from '../rest/envelope.js'
import type { Secret } from '../secret.js'
import type { ControlFrame, FrameResult, FrameSink } from './decode-frame.js'
import type { Registrations } from './registrations.js'
import type { OpenSocket, Socket } from './socket.js'

/** What a connection is made of. */
export type ConnectionOptions = {
  readonly url: string
  readonly clock: Clock
  readonly random: RandomSource
  readonly tokens: TokenSource
  readonly openSocket: OpenSocket
  readonly decode: (text: string, sink: FrameSink) => FrameResult
  readonly emit: FrameSink['emit']
  readonly lost: () => void
  readonly registrations: Registrations
  readonly calendar: SessionCalendar
  readonly clean: (text: string) => string
  readonly onEvent: EventListener
  /** The connection is ready: logged in, and about to register. */
  readonly onLive: () => void
  /** It is gone. */
  readonly onDown: () => void
}

/** What a connection is doing. */
export type ConnectionState = 'closed' | 'connecting' | 'live' | 'waiting'

/** One connection that comes back by itself, with a fresh token and all registrations. */
export interface Connection {
  start(): void
  /** Sends what changed in the registrations. */
  update(): void
  /** Asks and resolves with the answer of the same name; questions go one after another. */
  ask(message: Readonly<Record<string, unknown>>): Promise<ControlFrame>
  state(): ConnectionState
  liveSince(): number
  lastFrameAt(): number
  /** The longest of the last pauses between pings; null before two were seen. */
  pingEveryMs(): number | null
  /** Gives the line up and opens another. */
  renew(reason: string): void
  close(): void
}

type Question = {
  readonly text: string
  readonly trnm: string
  readonly answer: (frame: ControlFrame) => void
  readonly fail: (error: RalphError) => void
}

const OPEN_TIMEOUT_MS = 20_000
const ANSWER_TIMEOUT_MS = 10_000
const STABLE_MS = 60_000
const PINGS_KEPT = 4
/** Another program logs in with the same key: fighting for the session would take it from both. */
const TAKEN_OVER_WAIT_MS = 60_000
const TAKEN_OVER = 'R10001'

/** Makes a connection; nothing is opened before `start`. */
export function createConnection(options: ConnectionOptions): Connection {
  const { clock, registrations, onEvent } = options
  let state: ConnectionState = 'closed'
  let socket: Socket | null = null
  let token: Secret | null = null
  let timer: Timer | null = null
  let attempt = 0
  let takenOver = false
  let liveSince = 0
  let lastFrameAt = 0
  let pings: number[] = []
  let question: Question | null = null
  const questions: Question[] = []
  /** Counts the sockets, so that what an old one still says is not heard. */
  let generation = 0

  const arm = (ms: number, run: () => void): void => {
    timer?.stop()
    timer = clock.after(ms, run)
  }

  const open = async (): Promise<void> => {
    const mine = ++generation
    state = 'connecting'
    try {
      token = await options.tokens.get()
    } catch (error) {
      if (mine === generation) down(error instanceof RalphError ? error.code : 'no token')
      return
    }
    if (mine !== generation) return
    arm(OPEN_TIMEOUT_MS, () => renew('no answer to the login'))
    socket = options.openSocket(options.url, {
      onOpen: () => {
        if (mine !== generation || token === null) return
        socket?.send(JSON.stringify({ trnm: 'LOGIN', token: token.reveal() }))
      },
      onText: (text) => {
        if (mine === generation) receive(text)
      },
      onClose: (reason) => {
        if (mine === generation) down(reason)
      },
    })
  }

  const down = (reason: string): void => {
    generation++
    timer?.stop()
    socket?.close()
    socket = null
    const wasLive = state === 'live'
    if (state === 'closed') return
    if (wasLive && clock.now() - liveSince >= STABLE_MS) attempt = 0
    attempt++
    state = 'waiting'
    registrations.lost()
    pings = []
    const failed = question
    question = null
    failed?.fail(lostLine())
    const back = backOffMs(SOCKET_BACK_OFF, attempt, options.random)
    const waitMs = takenOver ? TAKEN_OVER_WAIT_MS + back : back
    takenOver = false
    onEvent({ type: 'socket-down', reason: options.clean(reason), waitMs, attempt })
    if (wasLive) options.onDown()
    arm(waitMs, () => void open())
  }

  const renew = (reason: string): void => {
    if (state === 'live' || state === 'connecting') down(reason)
  }

  const sink: FrameSink = {
    emit: options.emit,
    lost: options.lost,
    control: (frame) => {
      if (frame.trnm === 'LOGIN') loggedIn(frame)
      else if (frame.trnm === 'SYSTEM') {
        // Never answered: an echo gets the connection closed.
        takenOver = (frame.code ?? '') === TAKEN_OVER
        if (takenOver) renew(TAKEN_OVER)
      } else if (question !== null && frame.trnm === question.trnm) {
        const { answer } = question
        question = null
        timer?.stop()
        answer(frame)
        pump()
      }
    },
  }

  const receive = (text: string): void => {
    lastFrameAt = clock.now()
    if (options.decode(text, sink) !== 'ping') return
    socket?.send(text)
    pings = [...pings, lastFrameAt].slice(-PINGS_KEPT)
  }

  const loggedIn = (frame: ControlFrame): void => {
    if (state !== 'connecting') return
    if (frame.return_code !== 0) {
      const message = frame.return_msg ?? ''
      const code = innerCode(message)
      if (token !== null) options.tokens.reject(token, code ?? String(frame.return_code))
      down(`login refused (${code ?? 'no code'})`)
      return
    }
    timer?.stop()
    state = 'live'
    liveSince = clock.now()
    options.onLive()
    onEvent({ type: 'socket-live', registrations: registrations.counts().wanted })
    pump()
  }

  const pump = (): void => {
    if (state !== 'live' || question !== null) return
    question = registration() ?? questions.shift() ?? null
    if (question === null) return
    const { trnm } = question
    arm(ANSWER_TIMEOUT_MS, () => renew(`no answer to ${trnm}`))
    socket?.send(question.text)
  }

  const registration = (): Question | null => {
    const message = registrations.next()
    if (message === null) return null
    return {
      text: message.text,
      trnm: message.trnm,
      answer: (frame) => {
        const taken = (frame.return_code ?? 0) === 0
        registrations.settled(message, taken)
        if (taken) return
        const said = options.clean(frame.return_msg ?? '').slice(0, 200)
        onEvent({ type: 'registration-refused', message: said })
      },
      // The line is gone; the next one registers everything again.
      fail: () => {},
    }
  }

  return {
    start: () => {
      if (state === 'closed') void open()
    },
    update: pump,
    ask: (message) =>
      new Promise((resolve, reject) => {
        if (state === 'closed') {
          reject(lostLine())
          return
        }
        questions.push({
          text: JSON.stringify(message),
          trnm: String(message['trnm']),
          answer: resolve,
          fail: reject,
        })
        pump()
      }),
    state: () => state,
    liveSince: () => liveSince,
    lastFrameAt: () => lastFrameAt,
    pingEveryMs: () => longestPause(pings),
    renew,
    close: () => {
      generation++
      state = 'closed'
      timer?.stop()
      timer = null
      socket?.close()
      socket = null
      registrations.lost()
      for (const left of [question, ...questions.splice(0)]) left?.fail(lostLine())
      question = null
    },
  }
}

function longestPause(at: readonly number[]): number | null {
  let longest: number | null = null
  for (let i = 1; i < at.length; i++) {
    longest = Math.max(longest ?? 0, (at[i] ?? 0) - (at[i - 1] ?? 0))
  }
  return longest
}

function lostLine(): RalphError {
  return new RalphError('E_BROKER_SOCKET', 'the live connection must be open; found it closed')
}
