import { rmSync } from 'node:fs'
import type {
  MarketGateView,
  ScanResultView,
  SessionView,
  SignalView,
  StockDetail,
} from '@ralph-stock/server/api'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SignalPage } from '../../src/api/types.js'
import {
  formatFraction,
  formatIndex,
  formatNumber,
  formatPoints,
  formatPrice,
} from '../../src/format/numbers.js'
import {
  axeFindings,
  buildPage,
  chromiumPath,
  keepShot,
  type OpenPage,
  openBrowser,
  openPage,
} from './browser.js'
import { type RealService, startRealService } from './real-service.js'
import { listenForCards, shownLines } from './told-cards.js'

const chromium = chromiumPath()
// Machines differ; what has to come is waited for, and nothing else.
const patient = { timeout: 120_000, interval: 200 }

describe.runIf(chromium !== null)('the page of the running service', { timeout: 300_000 }, () => {
  let folder: string
  let service: RealService
  let browser: Browser
  let open: OpenPage
  let page: Page

  beforeAll(async () => {
    folder = await buildPage()
    service = await startRealService(folder)
    browser = await openBrowser(chromium ?? '')
    open = await openPage(browser, service.url)
    page = open.page
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await service?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const go = async (path: string, ready: string): Promise<void> => {
    await page.goto(service.url + path)
    await page.waitForSelector(ready)
    await page.waitForSelector('[data-connection="live"]')
  }
  const text = async (selector: string): Promise<string> =>
    (await page.locator(selector).first().textContent())?.trim() ?? ''

  it('says that its data are invented', async () => {
    await go('/', '.gate-level')
    expect(await page.locator('[data-banner="invented"]').count()).toBe(1)
  })

  it('shows the gate and the sectors as the API tells them', async () => {
    await go('/', '.gate-level')
    const shown = async () => ({
      level: await text('.gate-name'),
      score: await text('.gate-score b'),
      sectors: await page.locator('.sector > :first-child').allTextContents(),
      changes: await page.locator('.sector > :last-child').allTextContents(),
    })
    // Both move while the session is on: they have to agree at some moment, and do when it is quiet.
    await expect
      .poll(async () => {
        const gate = await service.get<MarketGateView>('/api/kr/market-gate')
        return same(await shown(), {
          level: gate.level,
          score: formatPoints(gate.score),
          sectors: gate.sectors.map(({ sector }) => sector),
          changes: gate.sectors.map(({ change }) => formatFraction(change)),
        })
      }, patient)
      .toBe(true)
    await keepShot(page, 'service-market')
  })

  it('shows every page without a complaint, and axe finds nothing serious', async () => {
    const [signal] = await openSignals(service, 'vcp')
    const pages = [
      ['signals', '/signals?strategy=vcp', '.toolbar'],
      ['stock', `/stocks/${signal?.ticker ?? '000000'}`, '.chart-box canvas'],
      ['scan', '/scan', '.results [data-index]'],
      ['system', '/system', '.plain-table'],
    ] as const
    for (const [name, path, ready] of pages) {
      await go(path, ready)
      await keepShot(page, `service-${name}`)
      expect(await axeFindings(page)).toEqual([])
    }
    expect(open.complaints).toEqual([])
  })

  it('shows a stock and its cards as the API tells them', async () => {
    const [signal] = await openSignals(service, 'vcp')
    const ticker = signal?.ticker ?? ''
    const told = listenForCards(page, ticker)
    await go(`/stocks/${ticker}`, '[data-card]')
    const stock = await service.get<StockDetail>(`/api/kr/stocks/${ticker}`)
    expect(await text('h1')).toBe(stock.name)
    await expect
      .poll(async () => {
        const lines = told.lines()
        return lines.length > 0 && same(await shownLines(page), lines)
      }, patient)
      .toBe(true)
  })

  it('starts a scan, follows it to its end, and shows what the API gives', async () => {
    await go('/scan?strategy=vcp', '.results [data-index]')
    await page.getByRole('button', { name: '스캔 시작' }).click()
    await page.waitForSelector('[data-job="done"]', { timeout: 120_000 })
    await expect
      .poll(async () => {
        const path = '/api/kr/scan/vcp/result?all=true'
        const { entries } = await service.get<ScanResultView>(path)
        const all = formatNumber(entries.length)
        return same(await text('.toolbar .count'), `${all} / ${all}종목`)
      }, patient)
      .toBe(true)
  })

  it('moves with the market: indexes and prices change without a reload', async () => {
    await go('/', '[data-index="KOSPI"] b')
    await inSession(service)
    const seen = new Set<string>()
    await expect
      .poll(async () => seen.add(await text('[data-index="KOSPI"] b')).size, patient)
      .toBeGreaterThan(2)
    await expect
      .poll(async () => {
        const { kospi } = await service.get<MarketGateView>('/api/kr/market-gate')
        return same(await text('[data-index="KOSPI"] b'), formatIndex(kospi.value))
      }, patient)
      .toBe(true)
    const [signal] = await openSignals(service, 'vcp')
    const ticker = signal?.ticker ?? ''
    await go(`/stocks/${ticker}`, '.big-price')
    const prices = new Set<string>()
    await expect
      .poll(async () => prices.add(await text('.big-price b')).size, patient)
      .toBeGreaterThan(1)
    await expect
      .poll(async () => {
        const { price } = await service.get<StockDetail>(`/api/kr/stocks/${ticker}`)
        return same(await text('.big-price b'), `${formatPrice(price)}원`)
      }, patient)
      .toBe(true)
  })

  it('says that the service is away, and comes back with nothing twice and nothing missing', async () => {
    await go('/signals?strategy=daytrade', '.toolbar')
    await service.stop()
    await page.waitForSelector('[data-connection="waiting"], [data-connection="connecting"]')
    await page.waitForSelector('.banner.lost')
    await keepShot(page, 'service-away')
    await service.start()
    await page.waitForSelector('[data-connection="live"]', { timeout: 60_000 })
    await expect.poll(() => page.locator('.banner.lost').count(), patient).toBe(0)
    await expect
      .poll(async () => {
        const signals = await openSignals(service, 'daytrade')
        const shown = await text('.toolbar .count')
        return same(shown, `${signals.length} / ${signals.length}건`)
      }, patient)
      .toBe(true)
    const keys = await page
      .locator('.signals [data-row]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')))
    expect(new Set(keys).size).toBe(keys.length)
    expect(open.complaints).toEqual([])
  })
})

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

async function inSession(service: RealService): Promise<void> {
  await expect
    .poll(async () => (await service.get<SessionView>('/api/kr/session')).phase, patient)
    .toBe('regular')
}

async function openSignals(service: RealService, strategy: string): Promise<SignalView[]> {
  const path = `/api/kr/signals?strategy=${strategy}&status=OPEN&limit=100`
  return (await service.get<SignalPage>(path)).signals
}
