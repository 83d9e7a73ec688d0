import type { Clock, Timer } from '../../clock.js'
import type { SimulatedSearches } from './searches.js'
import type { Tokens } from './tokens.js'

/** How a session speaks to its client. */
export type Wire = { readonly send: (text: string) => void; readonly close: () => void }

/** How sessions are kept. */
export type SessionRules = {
  readonly loginWithinMs: number
  readonly pingEveryMs: number
  readonly itemsPerGroup: number
}

/** One client of the socket. */
export type Session = {
  /** The app key that logged in; null before. */
  owner: string | null
  /** Types of frames, and what they are registered for. */
  readonly registered: Map<string, Set<string>>
  /** Searches that are watched, and what they last found. */
  readonly watched: Map<string, Set<string>>
  /** Nothing is sent before this instant. */
  silentUntil: number
  receive(text: string): void
  send(text: string): void
  /** Says why and ends it. */
  end(code?: string): void
  /** The client went. */
  gone(): void
}

/** What a session is made of. */
export type SessionOptions = {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly rules: SessionRules
  readonly searches: SimulatedSearches
  readonly wire: Wire
  /** A login that was taken. */
  readonly onLogin: (session: Session) => void
  readonly onGone: (session: Session) => void
}

const SYSTEM: Readonly<Record<string, string>> = {
  R10001: '동일한 App key로 접속이 되었습니다. 기존 세션은 종료가 됩니다',
  R10002: '사용자 프로그램으로부터 Heartbeat(연결유지) 메시지가 오지않아서 접속을 종료합니다',
  R10004: '접속허용요청(토큰)이 들어오지 않았습니다',
}
const REFUSED_LOGIN =
  '토큰 인증에 실패했습니다. 접속을 종료합니다 [CODE=8005, MESSAGE=Token이 유효하지 않습니다]'
const PINGS_MISSED = 5

/** Begins a session; it must log in before anything else. */
export function createSession(options: SessionOptions): Session {
  const { clock, wire, rules } = options
  const groups = new Map<string, Set<string>>()
  let timer: Timer | null = null
  let unanswered = 0
  let open = true
  let listed = false

  const answer = (fields: Readonly<Record<string, unknown>>): void => {
    session.send(JSON.stringify(fields))
  }

  const ping = (): void => {
    if (unanswered >= PINGS_MISSED) {
      session.end('R10002')
      return
    }
    unanswered++
    session.send(JSON.stringify({ trnm: 'PING' }))
    timer = clock.after(rules.pingEveryMs, ping)
  }

  const login = (token: unknown): void => {
    const owner = typeof token === 'string' ? options.tokens.ownerOf(token, clock.now()) : null
    if (owner === null) {
      answer({ trnm: 'LOGIN', return_code: 805004, return_msg: REFUSED_LOGIN })
      session.end()
      return
    }
    timer?.stop()
    session.owner = owner
    answer({ trnm: 'LOGIN', return_code: 0, return_msg: '', sor_yn: 'Y' })
    timer = clock.after(rules.pingEveryMs, ping)
    options.onLogin(session)
  }

  const register = (frame: Readonly<Record<string, unknown>>, adding: boolean): void => {
    const name = String(frame['grp_no'] ?? '')
    const trnm = adding ? 'REG' : 'REMOVE'
    const parts = partsOf(frame['data'])
    const group = groups.get(name) ?? new Set()
    if (adding && frame['refresh'] === '0') clear(group)
    const added = parts.filter((part) => !group.has(part)).length
    if (adding && group.size + added > rules.itemsPerGroup) {
      answer({ trnm, return_code: 1, return_msg: '등록 가능한 종목 수를 초과하였습니다' })
      return
    }
    for (const part of parts) {
      if (adding) group.add(part)
      else group.delete(part)
      put(part, adding)
    }
    groups.set(name, group)
    answer({ trnm, return_code: 0, return_msg: '' })
  }

  const clear = (group: Set<string>): void => {
    for (const part of group) put(part, false)
    group.clear()
  }

  const put = (part: string, adding: boolean): void => {
    const [type = '', item = ''] = part.split('|')
    const items = session.registered.get(type) ?? new Set()
    if (adding) items.add(item)
    else items.delete(item)
    session.registered.set(type, items)
  }

  const search = (frame: Readonly<Record<string, unknown>>): void => {
    const trnm = String(frame['trnm'])
    const seq = String(frame['seq'] ?? '').trim()
    if (trnm === 'CNSRLST') {
      listed = true
      answer({ trnm, return_code: 0, return_msg: '', data: options.searches.list() })
    } else if (!listed) {
      answer({ trnm, seq, return_code: 1, return_msg: '조건검색 목록조회가 필요합니다' })
    } else if (trnm === 'CNSRCLR') {
      session.watched.delete(seq)
      answer({ trnm, seq, return_code: 0, return_msg: '정상종료되었습니다.' })
    } else if (frame['search_type'] === '1') {
      const found = options.searches.find(seq)
      session.watched.set(seq, new Set(found))
      const data = found.map((code) => ({ jmcode: `A${code}` }))
      answer({ trnm, seq, return_code: 0, data })
    } else {
      const page = options.searches.page(seq, String(frame['next_key'] ?? ''))
      answer({
        trnm,
        seq: `${seq} `,
        cont_yn: page.next === '' ? 'N' : 'Y',
        next_key: page.next,
        return_code: 0,
        data: page.rows,
      })
    }
  }

  const session: Session = {
    owner: null,
    registered: new Map(),
    watched: new Map(),
    silentUntil: 0,
    receive: (text) => {
      const frame = parse(text)
      if (frame === null || !open) return
      const { trnm } = frame
      if (trnm === 'PING') unanswered = 0
      else if (session.owner === null) {
        if (trnm === 'LOGIN') login(frame['token'])
        else session.end('R10004')
      } else if (trnm === 'REG') register(frame, true)
      else if (trnm === 'REMOVE') register(frame, false)
      else if (trnm === 'CNSRLST' || trnm === 'CNSRREQ' || trnm === 'CNSRCLR') search(frame)
      // An echo of what the system said gets the connection closed.
      else if (trnm === 'SYSTEM') session.end()
    },
    send: (text) => {
      if (open && clock.now() >= session.silentUntil) wire.send(text)
    },
    end: (code) => {
      if (!open) return
      if (code !== undefined) answer({ trnm: 'SYSTEM', code, message: SYSTEM[code] ?? '' })
      session.gone()
      wire.close()
    },
    gone: () => {
      if (!open) return
      open = false
      timer?.stop()
      options.onGone(session)
    },
  }
  timer = clock.after(rules.loginWithinMs, () => session.end('R10004'))
  return session
}

/** The cross product of each object's items and types. */
function partsOf(data: unknown): string[] {
  if (!Array.isArray(data)) return []
  return data.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return []
    const { item, type } = one as { item?: unknown; type?: unknown }
    const items = Array.isArray(item) && item.length > 0 ? item : ['']
    const types = Array.isArray(type) ? type : []
    return types.flatMap((name) => items.map((code) => `${String(name)}|${String(code)}`))
  })
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(text)
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : null
  } catch {
    return null
  }
}
