import { rmSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FixtureServer, startFixture } from '../fixture/server.js'
import { makeWorld } from '../fixture/world.js'
import {
  axeFindings,
  buildPage,
  chromiumPath,
  keepShot,
  openBrowser,
  openPage,
  sidewaysOverflow,
  type View,
} from './browser.js'

const path = chromiumPath()

const PAGES = [
  ['market', '/', '.sector'],
  ['signals', '/signals', '.vtable [data-index]'],
  ['stock', '/stocks/100010', '.chart-box canvas'],
  ['scan', '/scan', '.results [data-index]'],
  ['system', '/system', '.plain-table'],
] as const

const VIEWS: readonly View[] = [
  { width: 'wide', theme: 'light', language: 'ko' },
  { width: 'wide', theme: 'dark', language: 'en' },
  { width: 'tablet', theme: 'light', language: 'en' },
  { width: 'phone', theme: 'dark', language: 'ko' },
  { width: 'phone', theme: 'light', language: 'en' },
]

describe.runIf(path !== null)('the faces of the page', () => {
  let folder: string
  let server: FixtureServer
  let browser: Browser

  beforeAll(async () => {
    folder = await buildPage()
    server = await startFixture(folder, makeWorld(300))
    browser = await openBrowser(path ?? '')
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(VIEWS)(
    'shows every page $width, $theme, in $language',
    { timeout: 120_000 },
    async (view) => {
      const { page, complaints, close } = await openPage(browser, server.url, view)
      for (const [name, address, ready] of PAGES) {
        await page.goto(server.url + address)
        await page.waitForSelector(ready)
        await page.waitForSelector('[data-connection="live"]')
        await keepShot(page, `${name}-${view.width}-${view.theme}-${view.language}`)
        expect(await page.getByText(/가상 데이터|Invented data/).count()).toBe(1)
        expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0)
        expect(await axeFindings(page)).toEqual([])
      }
      expect(complaints).toEqual([])
      await close()
    },
  )
})
