import type { Envelope } from '@ralph-stock/server/api'
import type { KeyRing } from './key.js'
import { ApiProblem } from './problem.js'

/** Values of a query string; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** The REST interface of the service. */
export interface ApiClient {
  /** @throws ApiProblem */
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>
  /** @throws ApiProblem */
  post<T>(path: string, body: object): Promise<T>
}

/** Makes a client; it asks for a key when the service wants one, and then tries again. */
export function createApiClient(keys: KeyRing, send: typeof fetch): ApiClient {
  const request = async <T>(path: string, init: RequestInit): Promise<T> => {
    for (;;) {
      const key = keys.current()
      const response = await reach(send, path, init, key)
      const answer = await read<T>(response)
      if (answer.success) return answer.data
      const { code, message } = answer.error
      if (response.status !== 401) throw new ApiProblem(code, message, response.status)
      if ((await keys.ask(key)) === null) throw new ApiProblem('E_PAGE_KEY', message, 401)
    }
  }
  return {
    get: (path, query = {}, signal) =>
      request(path + queryString(query), signal === undefined ? {} : { signal }),
    post: (path, body) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  }
}

function queryString(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

async function reach(
  send: typeof fetch,
  path: string,
  init: RequestInit,
  key: string | null,
): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('accept', 'application/json')
  if (key !== null) headers.set('x-api-key', key)
  try {
    return await send(path, { ...init, headers })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem('E_PAGE_OFFLINE', 'The service does not answer', 0)
  }
}

async function read<T>(response: Response): Promise<Envelope<T>> {
  try {
    // Sound: the service is of this version and checks its answers against the same schemas.
    const answer = (await response.json()) as Envelope<T>
    if (typeof answer === 'object' && answer !== null && typeof answer.success === 'boolean') {
      return answer
    }
  } catch {
    // Not JSON: told below with the status.
  }
  throw new ApiProblem(
    'E_PAGE_ANSWER',
    `Status ${response.status} without an answer of this service`,
    response.status,
  )
}
