import { expect, it } from 'vitest'
import { suiteOnEngines } from './support/suite.js'

await suiteOnEngines('other records', (given) => {
  it('keeps the market, analyses, backtests, news, jobs and keys', async () => {
    const { market, aiAnalyses, backtests, news, jobs, apiKeys } = given.store.repositories
    await market.save({
      date: '2026-02-10',
      kospi: 2500,
      gate: 'RED',
      gateScore: 0,
      sectorScores: [{ a: 1 }],
    })
    const saved = await market.save({ date: '2026-02-10', kosdaq: 800 })
    expect(saved).toMatchObject({
      kospi: 2500,
      kosdaq: 800,
      gateScore: 0,
      sectorScores: [{ a: 1 }],
      usdKrw: null,
    })
    expect((await market.latest())?.date).toBe('2026-02-10')

    const analysis = {
      ticker: '000010',
      analysisDate: '2026-02-10',
      sentiment: 'positive',
      score: 0.4,
      keywords: ['수주'],
    }
    await aiAnalyses.save(analysis)
    await aiAnalyses.save({ ...analysis, score: 0.6 })
    await aiAnalyses.save({ ...analysis, ticker: '000020', score: -0.2 })
    expect(await aiAnalyses.byDate('2026-02-10')).toHaveLength(2)
    expect(await aiAnalyses.latest('000010')).toMatchObject({ score: 0.6, keywords: ['수주'] })
    expect(await aiAnalyses.dates()).toEqual(['2026-02-10'])
    expect((await aiAnalyses.topPositive('2026-02-10'))[0]?.ticker).toBe('000010')
    expect((await aiAnalyses.topNegative('2026-02-10'))[0]?.ticker).toBe('000020')

    const result = {
      configName: 'vcp',
      backtestDate: '2026-02-10',
      totalTrades: 4,
      winningTrades: 3,
      losingTrades: 1,
    }
    await backtests.add({
      ...result,
      totalReturnPct: 5,
      profitFactor: 2,
      extraMetadata: { seed: 1 },
    })
    await backtests.add({ ...result, totalReturnPct: -1, profitFactor: null })
    expect(await backtests.summary('vcp')).toMatchObject({
      totalBacktests: 2,
      avgReturnPct: 2,
      bestReturnPct: 5,
      avgProfitFactor: 2,
      avgSharpeRatio: null,
    })
    expect((await backtests.best())?.extraMetadata).toEqual({ seed: 1 })
    expect(await backtests.history({ from: '2026-02-11' })).toEqual([])
    expect(await backtests.configs()).toEqual(['vcp'])
    expect((await backtests.byConfigAndDate('vcp', '2026-02-10'))?.totalReturnPct).toBe(-1)
    expect(await backtests.removeByConfigAndDate('vcp', '2026-02-10')).toBe(2)

    const article = {
      ticker: '000010',
      id: 'u1',
      publishedAt: new Date(1000),
      title: 't',
      url: 'u',
      source: 's',
      sentiment: 0.5,
    }
    await news.save([article, { ...article, id: 'u2', publishedAt: new Date(2000) }, article])
    await news.save([{ ...article, sentiment: null }])
    expect((await news.byTicker('000010')).map(({ id, sentiment }) => [id, sentiment])).toEqual([
      ['u2', 0.5],
      ['u1', 0.5],
    ])
    expect(await news.save([])).toBe(0)

    await jobs.save({ id: 'j', name: 'scan', status: 'running', payload: { n: 1 } })
    expect(await jobs.save({ id: 'j', name: 'scan', status: 'done' })).toMatchObject({
      payload: { n: 1 },
      status: 'done',
    })
    expect(await jobs.byStatus('done')).toHaveLength(1)
    expect(await jobs.exists('j')).toBe(true)
    expect(await jobs.remove('j')).toBe(true)
    expect(await jobs.exists('j')).toBe(false)

    const key = 'k'.repeat(40)
    const added = await apiKeys.add(key, {
      name: 'desk',
      scope: 'read',
      expiresAt: new Date(5000),
    })
    expect(JSON.stringify(await apiKeys.list())).not.toContain('kkkk')
    expect(await apiKeys.use(key, new Date(4000))).toMatchObject({
      name: 'desk',
      lastUsedAt: new Date(4000),
    })
    expect(await apiKeys.countActive(new Date(4000))).toBe(1)
    expect(await apiKeys.countActive(new Date(6000))).toBe(0)
    expect(await apiKeys.use(key, new Date(6000))).toBeNull()
    expect(await apiKeys.setActive(added.id, false)).toBe(true)
    expect(await apiKeys.use(key, new Date(4000))).toBeNull()
    expect((await apiKeys.get(added.id))?.isActive).toBe(false)
    expect(await apiKeys.countActive(new Date(4000))).toBe(0)
    expect(await apiKeys.remove(added.id)).toBe(true)
    expect(await apiKeys.list()).toEqual([])
  })

  it('writes the last use of a busy key at most once a minute', async () => {
    const { apiKeys } = given.store.repositories
    const key = 'k'.repeat(40)
    const { id } = await apiKeys.add(key, { name: 'desk', scope: 'read' })
    const lastUse = async (): Promise<number | undefined> =>
      (await apiKeys.get(id))?.lastUsedAt?.getTime()
    for (const [at, written] of [
      [10_000, 10_000],
      [69_999, 10_000],
      [70_000, 70_000],
      [71_000, 70_000],
    ] as const) {
      given.statements.length = 0
      const used = await apiKeys.use(key, new Date(at))
      expect(given.statements).toHaveLength(1)
      expect(used?.lastUsedAt?.getTime()).toBe(written)
      expect(await lastUse()).toBe(written)
    }
  })

  it('does a job once, whoever asks, and begins it again after a crash', async () => {
    const { jobs } = given.store.repositories
    const id = 'vcp-scan:2026-04-01'
    const created = await jobs.create({ id, name: 'scan', payload: { date: '2026-04-01' } })
    expect(created).toMatchObject({ status: 'queued', attempts: 0, progress: null })
    expect(await jobs.create({ id, name: 'scan' })).toBeNull()

    const claims = await Promise.all([jobs.claim(id), jobs.claim(id), jobs.claim(id)])
    expect(claims.filter((job) => job !== null)).toHaveLength(1)
    await jobs.save({ id, name: 'scan', status: 'running', progress: { done: 3, total: 10 } })
    expect(await jobs.get(id)).toMatchObject({
      attempts: 1,
      startedAt: expect.any(Date),
      progress: { done: 3, total: 10 },
      payload: { date: '2026-04-01' },
    })

    expect((await jobs.requeueRunning()).map((job) => job.id)).toEqual([id])
    expect(await jobs.requeueRunning()).toEqual([])
    expect(await jobs.claim(id)).toMatchObject({ attempts: 2, progress: null })
    const finishedAt = new Date()
    await jobs.save({
      id,
      name: 'scan',
      status: 'failed',
      error: 'no',
      errorCode: 'E_X',
      finishedAt,
    })
    expect(await jobs.get(id)).toMatchObject({ errorCode: 'E_X', finishedAt })
    expect(await jobs.claim(id)).toBeNull()
    expect(await jobs.create({ id, name: 'scan' })).toBeNull()
  })

  it('pages through jobs, newest first', async () => {
    const { jobs } = given.store.repositories
    for (let n = 0; n < 7; n++)
      await jobs.create({ id: `j${n}`, name: n % 2 === 0 ? 'scan' : 'sync' })
    const ids: string[] = []
    for (let page = await jobs.list({ limit: 3 }); page.length > 0; ) {
      ids.push(...page.map(({ id }) => id))
      const before = page.at(-1)
      page = before === undefined ? [] : await jobs.list({ limit: 3, before })
    }
    expect(ids).toHaveLength(7)
    expect([...new Set(ids)].sort()).toEqual(['j0', 'j1', 'j2', 'j3', 'j4', 'j5', 'j6'])
    const all = await jobs.list()
    expect(all.map(({ id }) => id)).toEqual(ids)
    const times = all.map(({ createdAt }) => createdAt.getTime())
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    await jobs.claim('j1')
    expect(
      (await jobs.list({ name: 'sync', status: 'queued' })).map(({ id }) => id).sort(),
    ).toEqual(['j3', 'j5'])
  })
})
