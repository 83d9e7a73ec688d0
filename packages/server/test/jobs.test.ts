import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manualClock } from '@ralph-stock/adapters-kiwoom/simulator'
import { openEmbeddedStore, type Store } from '@ralph-stock/adapters-timescale'
import { epochMsOfKst, RalphError, tradeDate } from '@ralph-stock/core'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JobView } from '../src/api/index.js'
import type { JobDefinition, JobRun } from '../src/jobs/definition.js'
import { createJobRunner, type JobRunner, type RunnerOptions } from '../src/jobs/runner.js'

const START = epochMsOfKst(tradeDate('2026-04-01'), '09:00')

let folder: string
let store: Store
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ralph-jobs-'))
  store = await openEmbeddedStore({ folder })
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  for (const { id } of await store.repositories.jobs.list())
    await store.repositories.jobs.remove(id)
})

type Gate = { readonly open: (value?: unknown) => void; readonly fail: (error: unknown) => void }

/** A kind of work that waits until the test lets it end. */
function gated(more: Partial<JobDefinition> = {}) {
  const runs: JobRun[] = []
  const gates: Gate[] = []
  const definition: JobDefinition = {
    ...more,
    run: (_, run) =>
      new Promise((resolve, reject) => {
        runs.push(run)
        gates.push({ open: (value) => resolve({ value }), fail: reject })
        run.signal.addEventListener('abort', () => reject(run.signal.reason))
      }),
  }
  return { definition, runs, gates }
}

function runnerOf(definitions: RunnerOptions['definitions'], more: Partial<RunnerOptions> = {}) {
  const clock = manualClock(START)
  const changes: JobView[] = []
  const troubles: unknown[] = []
  const runner = createJobRunner({
    table: store.repositories.jobs,
    definitions,
    clock,
    onChange: (job) => changes.push(job),
    onTrouble: (error) => troubles.push(error),
    ...more,
  })
  return { runner, clock, changes, troubles }
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2000; tries++) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  throw new Error(`never so: ${what}`)
}

const statusOf = async (runner: JobRunner, id: string) => (await runner.get(id))?.status

describe('a job', () => {
  it('is queued, runs, tells its progress and keeps its result', async () => {
    const work = gated()
    const { runner, changes } = runnerOf({ scan: work.definition })
    const { job, started } = await runner.start('scan', { strategy: 'vcp' })
    expect(started).toBe(true)
    expect(job).toMatchObject({ status: 'queued', payload: { strategy: 'vcp' }, attempts: 0 })
    await until(() => work.gates.length === 1)
    work.runs[0]?.progress({ done: 1, total: 4, step: 'scoring', estimatedEndAt: START + 1000 })
    expect(await runner.get(job.id)).toMatchObject({
      status: 'running',
      attempts: 1,
      started_at: new Date(START).toISOString(),
      progress: {
        done: 1,
        total: 4,
        step: 'scoring',
        estimated_end_at: new Date(START + 1000).toISOString(),
      },
    })
    work.gates[0]?.open(7)
    await until(async () => (await statusOf(runner, job.id)) === 'done')
    expect(await runner.get(job.id)).toMatchObject({ result: { value: 7 }, error: null })
    expect(changes.map(({ status }) => status)).toEqual(['queued', 'running', 'running', 'done'])
    await runner.close()
  })

  it('is the same job for all who ask for the same work until it ends', async () => {
    const work = gated()
    const { runner } = runnerOf({ scan: work.definition })
    const asked = await Promise.all([1, 2, 3].map(() => runner.start('scan', { a: 1, b: 2 })))
    const later = await runner.start('scan', { b: 2, a: 1 })
    const other = await runner.start('scan', { a: 1 })
    expect(new Set([...asked, later].map(({ job }) => job.id)).size).toBe(1)
    expect(asked.filter(({ started }) => started)).toHaveLength(1)
    expect(other.started).toBe(true)
    await until(() => work.gates.length === 1)
    work.gates[0]?.open()
    await until(async () => (await statusOf(runner, later.job.id)) === 'done')
    const again = await runner.start('scan', { a: 1, b: 2 })
    expect(again.started).toBe(true)
    await runner.close()
  })

  it('with an id runs once for good', async () => {
    const work = gated()
    const { runner } = runnerOf({ sync: work.definition })
    const first = await runner.start('sync', {}, 'sync.2026-04-01')
    await until(() => work.gates.length === 1)
    work.gates[0]?.open()
    await until(async () => (await statusOf(runner, first.job.id)) === 'done')
    const second = await runner.start('sync', {}, 'sync.2026-04-01')
    expect(second).toMatchObject({ started: false, job: { status: 'done' } })
    expect(work.runs).toHaveLength(1)
    await runner.close()
  })

  it('waits for those of its lane, and for no other', async () => {
    const [slow, quick] = [gated({ lane: 'one' }), gated({ lane: 'two' })]
    const { runner } = runnerOf({ slow: slow.definition, quick: quick.definition })
    await runner.start('slow', { n: 1 })
    await runner.start('slow', { n: 2 })
    await runner.start('quick')
    await until(() => slow.gates.length === 1 && quick.gates.length === 1)
    expect(runner.counts()).toEqual({ queued: 1, running: 2 })
    slow.gates[0]?.open()
    await until(() => slow.gates.length === 2)
    await runner.close()
  })

  it('fails with its code, and is tried again as often as its kind says', async () => {
    const work = gated({ attempts: 2 })
    const { runner, clock, troubles } = runnerOf({ sync: work.definition })
    const { job } = await runner.start('sync')
    await until(() => work.gates.length === 1)
    work.gates[0]?.fail(new RalphError('E_BROKER_UNAVAILABLE', 'the broker does not answer'))
    await until(async () => (await statusOf(runner, job.id)) === 'queued')
    await until(async () => {
      await clock.advance(30_000)
      return work.gates.length === 2
    })
    work.gates[1]?.fail(new Error('a secret of the inside'))
    await until(async () => (await statusOf(runner, job.id)) === 'failed')
    expect(await runner.get(job.id)).toMatchObject({
      attempts: 2,
      error: { code: 'E_INTERNAL', message: 'the job failed; the log tells more' },
    })
    expect(troubles).toEqual([expect.objectContaining({ message: 'a secret of the inside' })])
    await runner.close()
  })

  it('of an unknown name is refused', async () => {
    const { runner } = runnerOf({})
    await expect(runner.start('nothing')).rejects.toMatchObject({ code: 'E_JOB_UNKNOWN' })
  })

  it('loses nothing to a store that is gone for a while', async () => {
    const work = gated()
    const { jobs } = store.repositories
    let gone = 0
    const table: RunnerOptions['table'] = {
      ...methodsOf(jobs),
      save: async (job) => {
        if (gone-- > 0) throw new RalphError('E_STORE_CONNECTION', 'gone')
        return jobs.save(job)
      },
    }
    const { runner, clock } = runnerOf({ scan: work.definition }, { table })
    const { job } = await runner.start('scan')
    await until(() => work.gates.length === 1)
    gone = 3
    work.gates[0]?.open('kept')
    await until(async () => {
      await clock.advance(1000)
      return (await jobs.get(job.id))?.status === 'done'
    })
    expect((await jobs.get(job.id))?.result).toEqual({ value: 'kept' })
    await runner.close()
  })
})

describe('a runner that stops', () => {
  it('queues again what it cut short, and the next one takes it up', async () => {
    const work = gated()
    const first = runnerOf({ scan: work.definition })
    const { job } = await first.runner.start('scan')
    await until(() => work.gates.length === 1)
    await first.runner.close()
    expect((await store.repositories.jobs.get(job.id))?.status).toBe('queued')
    await expect(first.runner.start('scan')).rejects.toMatchObject({ code: 'E_SERVER_CLOSING' })
    const second = runnerOf({ scan: work.definition })
    expect((await second.runner.resume()).map(({ id }) => id)).toEqual([job.id])
    await until(() => work.gates.length === 2)
    work.gates[1]?.open()
    await until(async () => (await statusOf(second.runner, job.id)) === 'done')
    expect((await second.runner.get(job.id))?.attempts).toBe(2)
    await second.runner.close()
  })

  it('by a kill leaves running jobs, which resume or fail by their kind', async () => {
    const { jobs } = store.repositories
    for (const name of ['sync', 'once']) {
      await jobs.create({ id: name, name, payload: {} })
      await jobs.claim(name)
    }
    const [sync, once] = [gated(), gated({ resumes: false })]
    const { runner } = runnerOf({ sync: sync.definition, once: once.definition })
    expect(await runner.resume(60_000)).toEqual([])
    await runner.resume()
    await until(() => sync.gates.length === 1)
    expect(once.gates).toHaveLength(0)
    expect(await runner.get('once')).toMatchObject({
      status: 'failed',
      error: { code: 'E_JOB_CUT_SHORT' },
    })
    await runner.close()
  })
})

describe('the list of jobs', () => {
  it('is walked once through by its cursor, newest first', async () => {
    const { jobs } = store.repositories
    const { runner } = runnerOf({})
    for (let k = 0; k < 23; k++) {
      await jobs.create({ id: `j${k}`, name: 'x', createdAt: new Date(START + (k >> 1) * 1000) })
    }
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (limit) => {
        const seen: string[] = []
        let cursor: string | null = null
        do {
          const page: Awaited<ReturnType<JobRunner['list']>> = await runner.list({
            limit,
            ...(cursor === null ? {} : { cursor }),
          })
          seen.push(...page.jobs.map(({ id }) => id))
          cursor = page.nextCursor
        } while (cursor !== null)
        expect(seen).toHaveLength(23)
        expect(new Set(seen).size).toBe(23)
        expect(seen[0]).toBe('j22')
      }),
      { numRuns: 8 },
    )
  })

  it.each(['', 'x', 'bm90IGpzb24', Buffer.from('[1,2]').toString('base64url')])(
    'refuses the cursor "%s"',
    async (cursor) => {
      const { runner } = runnerOf({})
      await expect(runner.list({ limit: 5, cursor })).rejects.toMatchObject({
        code: 'E_REQUEST_INVALID',
      })
    },
  )
})

function methodsOf(jobs: Store['repositories']['jobs']): RunnerOptions['table'] {
  return {
    create: (job) => jobs.create(job),
    claim: (id, at) => jobs.claim(id, at),
    requeueRunning: (silentMs) => jobs.requeueRunning(silentMs),
    save: (job) => jobs.save(job),
    get: (id) => jobs.get(id),
    list: (query) => jobs.list(query),
    byStatus: (status, limit) => jobs.byStatus(status, limit),
  }
}
