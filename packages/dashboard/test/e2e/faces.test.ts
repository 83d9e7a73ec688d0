import { describe, expect, it } from 'vitest'
import { axeFindings, chromiumPath, keepShot, sidewaysOverflow, type View } from './browser.js'
import { useStage } from './fixture-page.js'

const chromium = chromiumPath()

const PAGES = [
  ['market', '/', '.sector'],
  ['signals', '/signals', '.vtable [data-index]'],
  ['stock', '/stocks/100010', '.chart-box canvas'],
  ['scan', '/scan', '.results [data-index]'],
  ['system', '/system', '.plain-table'],
] as const

const VIEWS: readonly View[] = [
  { width: 'wide', theme: 'light', language: 'ko' },
  { width: 'tablet', theme: 'dark', language: 'en' },
  { width: 'phone', theme: 'light', language: 'en' },
  { width: 'phone', theme: 'dark', language: 'ko' },
]

describe.runIf(chromium !== null)('the faces of the page', { timeout: 180_000 }, () => {
  const stage = useStage(chromium)

  it.each(VIEWS)('shows every page $width, $theme, in $language', async (view) => {
    const server = await stage.serve(300)
    const { page, complaints, close } = await stage.open(server, '/', view)
    for (const [name, address, ready] of PAGES) {
      await page.goto(server.url + address)
      await page.waitForSelector(ready)
      await page.waitForSelector('[data-connection="live"]')
      await keepShot(page, `${name}-${view.width}-${view.theme}-${view.language}`)
      expect(await page.locator('[data-banner="invented"]').count()).toBe(1)
      expect([name, await sidewaysOverflow(page)]).toEqual([name, 0])
      expect(await axeFindings(page)).toEqual([])
    }
    expect(complaints).toEqual([])
    await close()
  })
})
