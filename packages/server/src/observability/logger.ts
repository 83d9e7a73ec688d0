import type { FastifyReply, FastifyRequest } from 'fastify'
import { type DestinationStream, type Logger, pino } from 'pino'

/** Where and how much is logged. */
export type LogOptions = {
  /** `info` unless said; `silent` for nothing. */
  readonly level?: string
  /** Standard output unless said. */
  readonly destination?: DestinationStream
}

const SECRET_HEADERS = ['authorization', 'x-api-key', 'cookie', 'sec-websocket-protocol']
const SECRET_NAMES = ['key', 'apiKey', 'password', 'secret', 'token', 'secretkey', 'appkey']
const KEY = /rs_[\w-]{10,}/g
const HIDDEN = '[hidden]'

/**
 * Makes the log: JSON lines. Keys and other secrets do not get into it, wherever they stand: fields by
 * their names, and what looks like a key in any text.
 */
export function createLogger({ level = 'info', destination }: LogOptions = {}): Logger {
  return pino(
    {
      level,
      redact: {
        paths: [
          ...SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
          ...SECRET_HEADERS.flatMap((name) => [`headers["${name}"]`, `*.headers["${name}"]`]),
        ],
        censor: HIDDEN,
      },
      serializers: {
        req: ({ method, url, ip }: FastifyRequest) => ({ method, url, address: ip }),
        res: ({ statusCode }: FastifyReply) => ({ statusCode }),
        err: pino.stdSerializers.err,
      },
      hooks: {
        // The last gate: what was built into a text passes no list of names.
        streamWrite: (line) => line.replace(KEY, HIDDEN),
      },
    },
    // Lines are gathered: a write to the system for each request would cost more than the line.
    destination ?? pino.destination({ sync: false, minLength: 4096, periodicFlush: 250 }),
  )
}
