import type { Clock } from '../../clock.js'
import type { Faults } from '../faults.js'
import type { SimulatedIndexes } from '../market/index-level.js'
import type { SimulatedMarket } from '../market/market.js'
import { isRefusal, type TrHandler } from '../tr/answer.js'
import { chartHandlers } from '../tr/charts.js'
import { indexHandlers } from '../tr/indexes.js'
import { investorHandlers } from '../tr/investors.js'
import { rankingHandlers } from '../tr/rankings.js'
import { stockHandlers } from '../tr/stocks.js'
import { themeHandlers } from '../tr/themes.js'
import type { Buckets } from './bucket.js'
import type { Tokens } from './tokens.js'

/** A request as it came. */
export type SimulatedRequest = {
  readonly method: string
  readonly path: string
  /** A header by its name in lower case; blank when absent. */
  header(name: string): string
  readonly body: string
}

/** An answer to be sent, or a connection to be cut. */
export type SimulatedAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly delayMs: number
  readonly dropped: boolean
}

/** What the REST side is made of. */
export type RestOptions = {
  readonly clock: Clock
  readonly market: SimulatedMarket
  readonly indexes: SimulatedIndexes
  readonly tokens: Tokens
  readonly buckets: Buckets
  readonly faults: Faults
  /** Keys that are taken; any when null. */
  readonly keys: { readonly app: string; readonly secret: string } | null
  readonly perSecond: number
}

const HANDLERS: Readonly<Record<string, TrHandler>> = {
  ...stockHandlers,
  ...chartHandlers,
  ...indexHandlers,
  ...investorHandlers,
  ...rankingHandlers,
  ...themeHandlers,
}

const FINE = '정상적으로 처리되었습니다'
const BLOCKED =
  '<html><head><title>Request Blocked</title></head><body>Request Blocked</body></html>'
const SLOW_MS = 2000

type Reply = { readonly status: number; readonly fields: object; readonly headers?: Row }
type Row = Readonly<Record<string, string>>

/** Answers requests as the broker does. */
export function createRest(options: RestOptions): (request: SimulatedRequest) => SimulatedAnswer {
  const { clock, faults, tokens, buckets } = options

  const refusal = (returnCode: number, outer: string, inner: string): Reply => ({
    status: 200,
    fields: { return_msg: `${outer}[${inner}]`, return_code: returnCode },
  })
  const badRequest = (inner: string): Reply => refusal(1, '잘못된 요청입니다', inner)
  const badInput = (inner: string): Reply => refusal(2, '입력 값 오류입니다', inner)
  const badLogin = (inner: string): Reply => refusal(3, '인증에 실패했습니다', inner)
  const tooMany = (api: string): Reply => ({
    status: 429,
    fields: {
      return_msg: `허용된 요청 개수를 초과하였습니다[1700:허용된 API 요청 개수를 초과하였습니다. 유량=${options.perSecond}, API ID=${api}]`,
      return_code: 5,
    },
  })
  const missing = (name: string): Reply =>
    badInput(`1511:필수 입력 값에 값이 존재하지 않습니다. 필수입력 파라미터=${name}`)

  const issueToken = (body: Row): Reply => {
    const { grant_type: grant, appkey = '', secretkey = '' } = body
    if (grant === undefined || grant === '') return badInput('8011:grant_type이 없습니다')
    if (grant !== 'client_credentials') return badInput('8012:grant_type이 올바르지 않습니다')
    if (appkey === '' || secretkey === '') return badInput('8020:appkey 또는 secretkey가 없습니다')
    const { keys } = options
    if (keys !== null && (keys.app !== appkey || keys.secret !== secretkey)) {
      return badLogin('8001:App Key와 Secret Key 검증에 실패했습니다')
    }
    if (!buckets.admit('au10001', clock.now())) return tooMany('au10001')
    const { token, expires } = tokens.issue(appkey, clock.now())
    return {
      status: 200,
      fields: {
        expires_dt: expires,
        token_type: 'bearer',
        token,
        return_code: 0,
        return_msg: FINE,
      },
    }
  }

  const revokeToken = (body: Row): Reply => {
    const token = body['token'] ?? ''
    if (token === '') return badInput('8016:폐기할 Token이 없습니다')
    if (!tokens.revoke(token)) return badLogin('8015:Token 폐기에 실패하였습니다')
    return { status: 200, fields: { return_code: 0, return_msg: FINE } }
  }

  const authorize = (authorization: string): Reply | null => {
    if (authorization === '') return badRequest('1513:authorization 헤더가 없습니다')
    const [scheme, token = '', ...rest] = authorization.split(' ')
    if (rest.length > 0) return badRequest('1514:authorization 헤더 형식이 올바르지 않습니다')
    if (scheme !== 'Bearer') return badRequest('1515:지원하지 않는 grant type입니다')
    if (token === '') return badRequest('1516:Token이 없습니다')
    return tokens.ownerOf(token, clock.now()) === null
      ? badLogin('8005:Token이 유효하지 않습니다')
      : null
  }

  const answerTr = (request: SimulatedRequest, body: Row): Reply => {
    const api = request.header('api-id')
    if (api === '') return badRequest('1501:API ID가 존재하지 않습니다')
    const handler = Object.hasOwn(HANDLERS, api) ? HANDLERS[api] : undefined
    if (handler === undefined)
      return badRequest(`1505:해당 API ID는 존재하지 않습니다. API ID=${api}`)
    if (handler.path !== request.path) {
      return badRequest(
        `1504:해당 URI에서는 지원하는 API ID가 아닙니다. API ID=${api}, URI=${request.path}`,
      )
    }
    const unauthorized = authorize(request.header('authorization'))
    if (unauthorized !== null) return unauthorized
    if (!buckets.admit(api, clock.now()) || faults.take('rate-limit', api) !== null) {
      return tooMany(api)
    }
    const absent = handler.required.find((name) => (body[name] ?? '') === '' && name !== 'tm')
    if (absent !== undefined) return missing(absent)
    const next = request.header('cont-yn') === 'Y' ? request.header('next-key') : ''
    const { market, indexes } = options
    const moment = market.moment(clock.now())
    const answer = handler.answer({ market, indexes, moment, body, next })
    if (isRefusal(answer)) {
      return {
        status: 200,
        fields: { return_msg: answer.message, return_code: answer.returnCode },
      }
    }
    const empty = answer.rows > 0 && faults.take('empty-page', api) !== null
    const fields = empty ? emptied(answer.fields) : answer.fields
    return {
      status: 200,
      fields: { ...fields, return_code: 0, return_msg: FINE },
      headers: {
        'api-id': api,
        'cont-yn': answer.next === null && !empty ? 'N' : 'Y',
        'next-key': answer.next ?? (empty ? 'A00000000000000' : ''),
        'resp-cnt': String(empty ? 0 : answer.rows),
        'user-data': '',
      },
    }
  }

  const reply = (request: SimulatedRequest): Reply => {
    const body = readBody(request.body)
    if (body === null) return badInput('1512:요청 본문을 읽을 수 없습니다')
    if (request.path === '/oauth2/token') return issueToken(body)
    if (request.path === '/oauth2/revoke') return revokeToken(body)
    return answerTr(request, body)
  }

  return (request) => {
    const api = request.header('api-id')
    const slow = faults.take('slow-answer', api)
    const delayMs = slow === null ? 0 : (slow.ms ?? SLOW_MS)
    const plain = { headers: {}, delayMs, dropped: false }
    if (request.method !== 'POST') return { ...plain, status: 405, body: '' }
    if (faults.take('dropped-request', api) !== null) {
      return { ...plain, status: 0, body: '', dropped: true }
    }
    if (faults.take('html-page', api) !== null) {
      return { ...plain, status: 400, headers: { 'content-type': 'text/html' }, body: BLOCKED }
    }
    if (faults.take('server-error', api) !== null) return { ...plain, status: 502, body: BLOCKED }
    const { status, fields, headers } = reply(request)
    let body = JSON.stringify(fields)
    if (faults.take('truncated-body', api) !== null) body = body.slice(0, body.length >> 1)
    if (faults.take('malformed-body', api) !== null) body = body.replaceAll(':"', ':{"')
    return {
      status,
      headers: {
        'content-type': 'application/json;charset=UTF-8',
        'access-control-expose-headers': 'api-id,cont-yn,next-key,resp-cnt,user-data',
        'api-id': api,
        'cont-yn': 'N',
        'next-key': '',
        'resp-cnt': '0',
        'user-data': '',
        ...headers,
      },
      body,
      delayMs,
      dropped: false,
    }
  }
}

function readBody(text: string): Row | null {
  try {
    const json: unknown = text === '' ? {} : JSON.parse(text)
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
    return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)]))
  } catch {
    return null
  }
}

function emptied(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) ? [] : value]),
  )
}
