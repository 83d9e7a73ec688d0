import { openEmbeddedStore, openPostgresStore } from '@ralph-stock/adapters-timescale'
import { startService } from '../../../src/service.js'
import { strategies } from '../../session/support/market.js'

/** How the service of a child process is started, as JSON in its first argument. */
export type ChildOptions = {
  readonly place: { readonly folder: string } | { readonly url: string }
  readonly env: Readonly<Record<string, string>>
  readonly speed?: number
  readonly silentMs?: number
}

// Sound: the test that starts this process writes it.
const { place, ...options } = JSON.parse(process.argv[2] ?? '') as ChildOptions
const store = 'folder' in place ? await openEmbeddedStore(place) : await openPostgresStore(place)
const service = await startService({
  ...options,
  store,
  strategies: strategies(),
  version: '0.0.0',
  port: 0,
  logger: { level: 'error' },
})
process.stdout.write(`${service.url}\n`)
