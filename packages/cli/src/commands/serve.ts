import type { Store } from '@ralph-stock/adapters-timescale'
import type { RunningService, ServiceOptions } from '@ralph-stock/server'
import { dashboardFolder } from '../dashboard.js'
import { withStore } from '../home.js'
import type { Io } from '../io.js'
import type { ServeOptions } from '../options.js'
import { languageOf } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { serviceView } from '../output/service-view.js'
import { VERSION } from '../version.js'
import { type Context, print } from './command.js'

/** `ralph-stock serve`: the service, or one of its parts, until the program is asked to end. */
export async function serveCommand(options: ServeOptions, context: Context): Promise<void> {
  const { io } = context
  const { createTracing, readSettings } = await import('@ralph-stock/server')
  const { tracesUrl } = readSettings(io.env, options.service)
  const tracing =
    tracesUrl === null
      ? undefined
      : createTracing({ service: options.service, version: VERSION, url: tracesUrl })
  try {
    await withStore(
      options,
      io,
      'write',
      (store) =>
        serveUntilInterrupted(store, context, options, {
          service: options.service,
          follow: options.follow,
          ...(tracing === undefined ? {} : { tracing }),
        }),
      tracing?.onStatement,
    )
  } finally {
    await tracing?.close()
  }
}

/** Where and how fast, as both commands that serve take it. */
type Listening = Pick<ServeOptions, 'lang' | 'host' | 'port' | 'speed'>

/** Serves an open store until Ctrl+C or SIGTERM, and then ends in good order. */
export async function serveUntilInterrupted(
  store: Store,
  { io, strategies }: Context,
  listening: Listening,
  more: Pick<ServiceOptions, 'service' | 'follow' | 'tracing'> = {},
): Promise<void> {
  const { startService } = await import('@ralph-stock/server')
  const { host, port, speed } = listening
  const interrupted = untilInterrupted(io)
  const dashboard = dashboardFolder()
  try {
    const service = await startService({
      store,
      strategies,
      env: io.env,
      version: VERSION,
      logger: { level: io.env['LOG_LEVEL'] ?? 'warn', destination: io.stderr },
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port }),
      ...(speed === undefined ? {} : { speed }),
      ...(dashboard === null ? {} : { dashboard }),
      ...more,
    })
    show(service, store, io, listening)
    await interrupted.happened
    await service.close()
  } finally {
    interrupted.forget()
  }
}

function show(service: RunningService, store: Store, io: Io, { lang }: Listening): void {
  const screen = createScreen(io.stdout, io.env, languageOf(lang, io.env))
  const { url, simulated, context } = service
  const notice = store.notice
  print(io.stdout, serviceView({ url, simulated, live: context.live !== null, notice }, screen))
}

function untilInterrupted(io: Io): { readonly happened: Promise<void>; forget(): void } {
  let forget = (): void => {}
  const happened = new Promise<void>((resolve) => {
    forget = io.onInterrupt(resolve)
  })
  return { happened, forget: () => forget() }
}
