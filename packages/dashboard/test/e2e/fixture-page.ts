import { rmSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type FixtureServer, startFixture } from '../fixture/server.js'
import { makeWorld } from '../fixture/world.js'
import { buildPage, type OpenPage, openBrowser, openPage, type View } from './browser.js'

/** A built page, a service that serves it, and a browser, for the tests of one file. */
export type Stage = {
  readonly browser: () => Browser
  /** Of the built page. */
  readonly folder: () => string
  /** A service of this test alone; it is closed with the file. */
  readonly serve: (stocks: number) => Promise<FixtureServer>
  readonly open: (server: FixtureServer, path: string, view?: View) => Promise<OpenPage>
}

/** Sets the stage up before the tests of a file, and takes it down after them. */
export function useStage(chromium: string | null): Stage {
  const servers: FixtureServer[] = []
  const pages: OpenPage[] = []
  let folder = ''
  let browser: Browser | null = null
  const running = (): Browser => {
    if (browser === null) throw new Error('the browser has not been started')
    return browser
  }
  beforeAll(async () => {
    if (chromium === null) return
    folder = await buildPage()
    browser = await openBrowser(chromium)
  }, 120_000)
  afterAll(async () => {
    for (const page of pages) await page.close()
    await browser?.close()
    for (const server of servers) await server.close()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })
  return {
    browser: running,
    folder: () => folder,
    serve: async (stocks) => {
      const server = await startFixture(folder, makeWorld(stocks))
      servers.push(server)
      return server
    },
    open: async (server, path, view) => {
      const page = await openPage(running(), server.url + path, view)
      pages.push(page)
      return page
    },
  }
}
