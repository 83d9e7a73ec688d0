import { openPostgresStore, type Store } from '@ralph-stock/adapters-timescale'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JobView, SignalView } from '../../src/api/index.js'
import { type RunningService, type ServiceOptions, startService } from '../../src/service.js'
import { hasPostgres, type TestDatabase, testDatabase } from '../faults/support/database.js'
import { fillStore, strategies } from './support/market.js'

const PATIENCE_MS = 300_000
const ASKED = [
  '/api/kr/signals?limit=50',
  '/api/kr/market-gate',
  '/api/kr/market-gate/sectors',
  '/api/kr/stocks?limit=5',
  '/api/kr/scan/vcp/result?all=true',
  '/api/kr/scan/closing-bet/result?all=true',
  '/api/kr/scan/daytrade/result?all=true',
  '/api/kr/jongga-v2/latest',
  '/api/kr/jongga-v2/dates',
  '/api/daytrading/signals',
  '/api/kr/scan/unknown/result',
  '/services/vcp-scanner/signals',
  '/services/signal-engine/signals/latest',
] as const

describe.runIf(await hasPostgres())('services of their own over one database', () => {
  let database: TestDatabase
  const open: Array<() => Promise<void>> = []
  let gateway: RunningService
  let together: RunningService

  const start = async (options: Partial<ServiceOptions>): Promise<RunningService> => {
    const store: Store = await openPostgresStore({ url: database.url, connections: 3 })
    const service = await startService({
      store,
      strategies: strategies(),
      version: '0.0.0',
      port: 0,
      follow: false,
      logger: { level: 'silent' },
      ...options,
      env: { RATE_LIMIT: '0', RATE_LIMIT_COSTLY: '0', ...options.env },
    })
    open.push(async () => {
      await service.close()
      await store.close()
    })
    return service
  }
  const ask = async (
    { url }: RunningService,
    path: string,
    init: RequestInit = {},
  ): Promise<{ status: number; location: string | null; body: unknown }> => {
    const answer = await fetch(url + path, init)
    const { timestamp: _, ...body } = (await answer.json()) as Record<string, unknown>
    return { status: answer.status, location: answer.headers.get('location'), body }
  }

  beforeAll(async () => {
    database = await testDatabase()
    const store = await openPostgresStore({ url: database.url })
    await fillStore(store)
    await store.close()
    const [vcp, engine, daytrading] = await Promise.all(
      (['vcp-scanner', 'signal-engine', 'daytrading-scanner'] as const).map((service) =>
        start({ service }),
      ),
    )
    gateway = await start({
      service: 'gateway',
      env: {
        VCP_SCANNER_URL: vcp?.url,
        SIGNAL_ENGINE_URL: engine?.url,
        DAYTRADING_SCANNER_URL: daytrading?.url,
      },
    })
    together = await start({ service: 'all' })
  }, PATIENCE_MS)

  afterAll(async () => {
    for (const close of open.reverse()) await close()
    await database.drop()
  }, PATIENCE_MS)

  it.each(ASKED)('answer %s through the gateway as one process does', async (path) => {
    const [passed, here] = [await ask(gateway, path), await ask(together, path)]
    const undated = ({ status, body }: Awaited<ReturnType<typeof ask>>): unknown =>
      JSON.parse(
        JSON.stringify({ status, body }, (key, value) =>
          ['generated_at', 'updated_at'].includes(key) ? null : value,
        ),
      )
    expect(undated(passed)).toEqual(undated(here))
    expect(passed.status).toBe(path.includes('unknown') ? 404 : 200)
  })

  it('start a scan through the gateway, which is followed there to its end', async () => {
    const body = JSON.stringify({ date: '2026-03-27', save: true })
    const headers = { 'content-type': 'application/json' }
    const begun = await ask(gateway, '/api/kr/scan/vcp', { method: 'POST', headers, body })
    expect(begun).toMatchObject({ status: 202, body: { data: { job: { name: 'scan' } } } })
    // Sound: an answer of 202 has the address of its job.
    const href = begun.location as string
    const job = async (): Promise<JobView> => {
      const answer = (await ask(gateway, href)).body as { data: JobView }
      return answer.data
    }
    await expect.poll(async () => (await job()).status, { timeout: 60_000 }).toBe('done')
    const { result } = await job()
    const list = '/api/kr/signals?strategy=vcp&from=2026-03-27&to=2026-03-27&limit=100'
    const answer = (await ask(together, list)).body as { data: { signals: SignalView[] } }
    expect(result).toMatchObject({ as_of: '2026-03-27', added: answer.data.signals.length })
    const state = await ask(gateway, '/api/kr/scan/vcp')
    expect(state.body).toMatchObject({ data: { running: null, last: { id: (await job()).id } } })
  })
})
