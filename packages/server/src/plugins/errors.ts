import { isRalphError, type RalphError } from '@ralph-stock/core'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { ApiError } from '../api/index.js'
import type { ServerContext } from '../context.js'
import { asksForPage } from './dashboard.js'
import { failed } from './responses.js'
import { allowedMethods } from './route-table.js'
import { isErrorCode, isPublic, meaningOf, statusOf } from './status.js'

/** An error as the client is told of it, and whether it is a fault of ours. */
export type Told = { readonly status: number; readonly error: ApiError; readonly fault: boolean }

/** What the answers need. */
export type ErrorsOptions = {
  readonly context: Pick<ServerContext, 'clock'>
  /** Whether a page is served, which knows more paths than the service. */
  readonly page: boolean
}

/**
 * Makes every answer that is not a good one the error envelope: expected errors with their codes, what
 * is wrong in a request field by field, and of anything else the request id alone.
 */
export const errorsPlugin = fastifyPlugin<ErrorsOptions>(
  async (app, { context, page }) => {
    app.setErrorHandler((error, request, reply) => {
      const told = tell(error, request.id)
      // The whole of a fault is for the log; the client gets its name there.
      if (told.fault) request.log.error({ err: error }, 'request failed')
      return send(reply, told)
    })
    app.setNotFoundHandler((request, reply) => {
      // A path that only the page knows.
      if (page && asksForPage(request)) return reply.sendFile('index.html')
      const allowed = allowedMethods(app, request.url)
      if (allowed.length > 0) reply.header('allow', allowed.join(', '))
      return send(
        reply,
        allowed.length === 0 ? unknownRoute(request) : wrongMethod(request, allowed),
      )
    })
    // A body that none reads is none: a started job needs no `{}`.
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
      if (body === '') return done(null, undefined)
      app.getDefaultJsonParser('error', 'error')(request, body as string, done)
    })
    app.addContentTypeParser('text/plain', (_request, _payload, done) => {
      done(Object.assign(new Error('not JSON'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE' }))
    })

    function send(reply: FastifyReply, told: Told): FastifyReply {
      return sendTold(reply, told, context.clock.now())
    }
  },
  { name: 'errors' },
)

/** Answers a request that the framework itself cannot read, before any hook. */
export function malformedRequest(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  now: number,
): void {
  reply.header('x-request-id', request.id)
  sendTold(reply, tell(error, request.id), now)
}

function sendTold(reply: FastifyReply, { status, error }: Told, now: number): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(failed(error, now))
}

function unknownRoute(request: FastifyRequest): Told {
  return told(404, 'E_ROUTE_UNKNOWN', `nothing is served at ${pathOf(request.url)}`)
}

function wrongMethod(request: FastifyRequest, allowed: readonly string[]): Told {
  const message = `${pathOf(request.url)} accepts ${allowed.join(', ')}; found ${request.method}`
  return told(405, 'E_METHOD_NOT_ALLOWED', message, { allowed })
}

/** What a client is told of an error. */
export function tell(error: unknown, requestId: string): Told {
  if (isRalphError(error)) return tellExpected(error, requestId)
  const { code = '', validation, validationContext, statusCode } = error as Partial<FastifyError>
  if (validation !== undefined) {
    const fields = validation.map(({ instancePath, message = '' }) => ({
      field: `${validationContext ?? 'request'}${instancePath === '/' ? '' : instancePath}`,
      message,
    }))
    const message = fields.map(({ field, message }) => `${field}: ${message}`).join('; ')
    return told(400, 'E_REQUEST_INVALID', message, { fields })
  }
  const known = BY_FASTIFY_CODE[code]
  if (known !== undefined) return told(...known)
  // What the HTTP parser and plugins refuse: the request's fault, whatever its name.
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return told(400, 'E_REQUEST_INVALID', 'the request is malformed')
  }
  return internal(requestId)
}

const BY_FASTIFY_CODE: Readonly<Record<string, Parameters<typeof told>>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'E_BODY_TOO_LARGE', 'the body is too large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'E_MEDIA_TYPE', 'the body must be application/json'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'E_REQUEST_INVALID', 'body: it is not JSON'],
  FST_ERR_HANDLER_TIMEOUT: [503, 'E_REQUEST_TIMEOUT', 'the request was not answered in time'],
  FST_ERR_MAX_PARAM_LENGTH: [404, 'E_ROUTE_UNKNOWN', 'a part of the path is too long'],
}

function tellExpected(error: RalphError, requestId: string): Told {
  const { code, message, details } = error
  const status = statusOf(code)
  if (status === 500 || !isErrorCode(code)) return internal(requestId)
  if (!isPublic(code)) {
    return {
      ...told(status, code, meaningOf(code), { request_id: requestId }),
      fault: status > 500,
    }
  }
  return told(status, code, message, details)
}

function internal(requestId: string): Told {
  const message = `the request failed; the log of the service tells more under ${requestId}`
  return { ...told(500, 'E_INTERNAL', message, { request_id: requestId }), fault: true }
}

function told(status: number, code: string, message: string, details: object = {}): Told {
  return { status, error: { code, message, details: { ...details } }, fault: false }
}

function pathOf(url: string): string {
  return (url.split('?')[0] ?? url).slice(0, 200)
}
