import { RalphError } from '@ralph-stock/core'

/** One request as it goes over the wire. */
export type HttpRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/** An answer with its body as text, whatever it is. */
export type HttpAnswer = {
  readonly status: number
  /** The value of a header, by its name in lower case; empty when absent. */
  header(name: string): string
  readonly body: string
}

/**
 * Sends a request. Rejects with E_BROKER_UNAVAILABLE when no answer comes; any answer, whatever its
 * status, is an answer.
 */
export type HttpTransport = (request: HttpRequest) => Promise<HttpAnswer>

/** An answer larger than this is not read to its end: the largest list has about 2 MB. */
const MOST_BYTES = 64 * 1024 * 1024

/** Sends requests with the `fetch` of Node. */
export const fetchTransport: HttpTransport = async (request) => {
  const timeout = AbortSignal.timeout(request.timeoutMs)
  const signal = request.signal === undefined ? timeout : AbortSignal.any([timeout, request.signal])
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: request.headers,
      body: request.body,
      signal,
      redirect: 'error',
    })
    const body = await readBody(response)
    return { status: response.status, header: (name) => response.headers.get(name) ?? '', body }
  } catch (error) {
    if (request.signal?.aborted === true) {
      throw new RalphError('E_BROKER_CLOSED', 'the request was given up while it was under way')
    }
    throw new RalphError('E_BROKER_UNAVAILABLE', `the broker did not answer: ${reasonOf(error)}`)
  }
}

async function readBody(response: Response): Promise<string> {
  const length = Number(response.headers.get('content-length') ?? 0)
  if (length > MOST_BYTES) throw new Error(`an answer of ${length} bytes`)
  return response.text()
}

// The cause of a failed fetch names a host and a system error, never a header.
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'an unknown failure'
  const cause = error.cause instanceof Error ? error.cause : null
  const code = cause !== null && 'code' in cause ? String(cause.code) : ''
  return code !== '' ? code : error.name === 'TimeoutError' ? 'no answer in time' : error.name
}
