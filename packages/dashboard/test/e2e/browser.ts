import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SHOTS = join(ROOT, '../../.cache/screenshots')
const WIDTHS = { wide: 1440, tablet: 768, phone: 360 } as const
// Tall enough for a picture that shows a page whole: lists draw only what the window shows.
const HEIGHT = 1500
const strict = process.env['CI'] === 'true'

/**
 * The browser of this machine, or null where there is none.
 *
 * @throws Error in CI when there is none
 */
export function chromiumPath(): string | null {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {
      // Another name, then.
    }
  }
  if (strict) throw new Error('CI needs Chromium')
  process.stdout.write('skipped: needs Chromium\n')
  return null
}

export async function openBrowser(path: string): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
    ],
  })
}

/** Builds the page into a folder of its own. */
export async function buildPage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'ralph-dashboard-'))
  // As a user gets it: a test run would build React's slower kind, which checks its callers.
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = 'production'
  try {
    await build({
      root: ROOT,
      configFile: join(ROOT, 'vite.config.ts'),
      mode: 'production',
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    })
  } finally {
    process.env['NODE_ENV'] = NODE_ENV
  }
  return outDir
}

/** How a page is looked at. */
export type View = {
  readonly width?: keyof typeof WIDTHS
  readonly theme?: 'light' | 'dark'
  readonly language?: 'ko' | 'en'
}

/** A page and what it complained of. */
export type OpenPage = {
  readonly page: Page
  /** Errors of the console and exceptions, but for the network's own lines about what a test refuses. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** Opens a page as a person with these settings would see it. */
export async function openPage(browser: Browser, url: string, view: View = {}): Promise<OpenPage> {
  const { width = 'wide', theme = 'light', language = 'ko' } = view
  const options: BrowserContextOptions = {
    viewport: { width: WIDTHS[width], height: HEIGHT },
    colorScheme: theme,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    reducedMotion: 'reduce',
  }
  const context = await browser.newContext(options)
  await context.addInitScript((chosen) => {
    const settings = { language: chosen, theme: 'system', colours: 'korean' }
    if (localStorage.getItem('ralph-stock.settings') === null) {
      localStorage.setItem('ralph-stock.settings', JSON.stringify(settings))
    }
  }, language)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    const network = /Failed to load resource|WebSocket connection to/.test(message.text())
    if (message.type() === 'error' && !network) complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints, close: () => context.close() }
}

/** Keeps a picture of what the window shows below `.cache/screenshots`. */
export async function keepShot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: join(SHOTS, `${name}.png`) })
}

/** What axe finds to be serious or critical, in one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(source)
  return page.evaluate(async () => {
    type Found = { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }
    // Sound: the script above has just set it.
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: Found[] }> }
    }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      )
  })
}

/** Whether the page scrolls sideways, which a phone's must not. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}
