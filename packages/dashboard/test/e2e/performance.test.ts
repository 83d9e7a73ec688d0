import { describe, expect, it } from 'vitest'
import { BUDGET_BYTES, firstView } from '../../scripts/check-size.mjs'
import { chromiumPath } from './browser.js'
import { useStage } from './fixture-page.js'
import { watchTasks } from './tasks.js'
import { priceUpdate } from './updates.js'

const chromium = chromiumPath()
const STOCKS = 2600
const SECONDS = 4
const MOST_MS = 50

describe.runIf(chromium !== null)('the speed of the page', { timeout: 180_000 }, () => {
  const stage = useStage(chromium)

  it('keeps its first view within 200 kB of script, gzipped', () => {
    const bytes = firstView(stage.folder()).reduce((sum, file) => sum + file.bytes, 0)
    process.stdout.write(`first view: ${(bytes / 1000).toFixed(1)} kB gzipped\n`)
    expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES)
  })

  it('scrolls and filters 2,600 rows without a stutter', async () => {
    const server = await stage.serve(STOCKS)
    const { page, complaints } = await stage.open(server, '/scan')
    await page.waitForSelector('.results [data-index]')
    const scrolling = await watchTasks(stage.browser(), page, async () => {
      for (let step = 0; step < 40; step++) {
        await page.mouse.wheel(0, step < 30 ? 240 : -120)
        await page.waitForTimeout(16)
      }
    })
    await page.keyboard.press('Home')
    await page.evaluate(() => window.scrollTo(0, 0))
    const find = page.locator('.toolbar .find').first()
    const filtering = await watchTasks(stage.browser(), page, async () => {
      await find.pressSequentially('한빛전자', { delay: 30 })
      await find.fill('')
      await page.waitForTimeout(100)
    })
    report('scrolling 2,600 rows', scrolling)
    report('filtering 2,600 rows', filtering)
    expect(scrolling.p95).toBeLessThan(MOST_MS)
    expect(filtering.p95).toBeLessThan(MOST_MS)
    expect(await page.locator('.results tbody tr').count()).toBeLessThan(120)
    expect(complaints).toEqual([])
  })

  it('stays responsive under 500 price changes a second', async () => {
    const server = await stage.serve(600)
    const { page, complaints } = await stage.open(server, '/signals')
    await page.waitForSelector('.signals [data-index]')
    await expect.poll(() => prices(server.hub.topics()).length).toBeGreaterThan(20)
    const tickers = prices(server.hub.topics())
    let sent = 0
    const tasks = await watchTasks(stage.browser(), page, async () => {
      const began = performance.now()
      while (sent < SECONDS * 500) {
        const due = Math.min(SECONDS, (performance.now() - began) / 1000) * 500
        for (; sent < due; sent++) {
          const ticker = tickers[sent % tickers.length] ?? ''
          server.hub.publish(`price:${ticker}`, priceUpdate(ticker, 10_000 + sent))
        }
        await new Promise((resolve) => setTimeout(resolve, 4))
      }
    })
    report(`${sent} price changes in ${SECONDS} s`, tasks)
    expect(tasks.p95).toBeLessThan(MOST_MS)
    const last = tickers[(sent - 1) % tickers.length]
    const shown = page.locator(`.price[data-ticker="${last}"] b`)
    await expect.poll(() => shown.textContent()).toBe((10_000 + sent - 1).toLocaleString('en-US'))
    expect(complaints).toEqual([])
  })
})

function prices(topics: readonly string[]): string[] {
  return topics.filter((topic) => topic.startsWith('price:')).map((topic) => topic.slice(6))
}

function report(
  what: string,
  { count, p95, longest }: Awaited<ReturnType<typeof watchTasks>>,
): void {
  const line = `${what}: ${count} tasks, p95 ${p95.toFixed(1)} ms, longest ${longest.toFixed(1)} ms`
  process.stdout.write(`${line}\n`)
}
