import { describe, expect, it } from 'vitest'
import { chromiumPath, keepShot } from './browser.js'
import { useStage } from './fixture-page.js'
import { priceUpdate, signalUpdate } from './updates.js'

const chromium = chromiumPath()
const LIVE = '[data-connection="live"]'

describe.runIf(chromium !== null)('what the page does', { timeout: 120_000 }, () => {
  const stage = useStage(chromium)

  it('tells of a new signal once, in words and in its table', async () => {
    const server = await stage.serve(60)
    const { page, complaints } = await stage.open(server, '/signals?strategy=vcp')
    await page.waitForSelector(LIVE)
    await expect.poll(() => server.hub.topics()).toContain('signals')
    const signal = signalUpdate(server.world, 'vcp', 8888)
    server.hub.publish('signals', signal)
    const toast = page.locator('.toast')
    await expect.poll(() => toast.count()).toBe(1)
    expect(await toast.textContent()).toContain('새 시그널')
    expect(await page.locator('.toasts[aria-live="polite"]').count()).toBe(1)
    await expect.poll(() => page.locator('[data-row="vcp 8888"]').count()).toBe(1)
    await keepShot(page, 'new-signal')
    expect(complaints).toEqual([])
  })

  it('makes grade S stand out before the close, and not after it', async () => {
    const server = await stage.serve(60)
    const { page } = await stage.open(server, '/signals')
    await page.waitForSelector('.signals tr.stands-out')
    expect(await page.locator('.s-now').count()).toBe(1)
    const closed = await stage.serve(60)
    Object.assign(closed.world.session, { phase: 'closed' })
    const after = await stage.open(closed, '/signals')
    await after.page.waitForSelector('.signals [data-index]')
    expect(await after.page.locator('.stands-out, .s-now').count()).toBe(0)
    expect(await after.page.locator('.pill.session').textContent()).toContain('장 마감')
  })

  it('goes on after a restart with nothing twice and nothing missing', async () => {
    const server = await stage.serve(60)
    const { page, complaints } = await stage.open(server, '/signals?strategy=daytrade')
    await page.waitForSelector(LIVE)
    await expect.poll(() => server.hub.topics()).toContain('signals')
    const publish = (id: number): void => {
      const update = signalUpdate(server.world, 'daytrade', id)
      server.world.signals.push(update.data.signal)
      server.hub.publish('signals', update)
    }
    publish(9001)
    await expect.poll(() => page.locator('[data-row="daytrade 9001"]').count()).toBe(1)
    await server.down()
    await page.waitForSelector('.banner.lost')
    server.hub.restart()
    publish(9002)
    await server.up()
    await page.waitForSelector(LIVE)
    publish(9003)
    const open = server.world.signals.filter(
      ({ signal_type, status }) => signal_type === 'daytrade' && status === 'OPEN',
    )
    const count = page.locator('.toolbar .count')
    await expect.poll(() => count.textContent()).toBe(`${open.length} / ${open.length}건`)
    const find = page.locator('.toolbar .find')
    for (const { ticker } of open.slice(-3)) {
      await find.fill(ticker)
      const same = open.filter((one) => one.ticker === ticker).length
      await expect.poll(() => count.textContent()).toBe(`${same} / ${open.length}건`)
    }
    expect(complaints).toEqual([])
  })

  it('shows an error with its code, and what it knew before as old', async () => {
    const server = await stage.serve(60)
    server.refused.set('/api/kr/market-gate', {
      status: 503,
      code: 'E_STORE_CONNECTION',
      message: 'the store does not answer',
    })
    const { page } = await stage.open(server, '/')
    const problem = page.locator('.problem').first()
    await expect.poll(() => problem.textContent()).toContain('E_STORE_CONNECTION')
    await keepShot(page, 'error')
    server.refused.clear()
    await problem.getByRole('button').click()
    await page.waitForSelector('.gate-level')
    await page.goto(`${server.url}/stocks/999990`)
    await expect.poll(() => page.locator('.problem').textContent()).toContain('E_STOCK_UNKNOWN')
  })

  it('says what is empty and what to do, and that a feed is late', async () => {
    const server = await stage.serve(60)
    server.world.signals.length = 0
    const { page } = await stage.open(server, '/signals')
    await expect.poll(() => page.locator('.nothing').textContent()).toContain('시그널이 없습니다')
    await page.goto(`${server.url}/`)
    await expect.poll(() => page.locator('.feed [data-tone="warn"]').textContent()).toBe('지연')
  })

  it('asks once for the key that the service wants, and keeps it for the tab', async () => {
    const server = await stage.serve(60)
    server.key = 'rs_right'
    const { page } = await stage.open(server, '/')
    const field = page.getByRole('textbox', { name: 'API 키' })
    await field.fill('rs_wrong')
    await page.keyboard.press('Enter')
    await page.getByText('이 키로는 열리지 않습니다.').waitFor()
    await field.fill('rs_right')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.gate-level')
    await page.reload()
    await page.waitForSelector('.gate-level')
    expect(await page.locator('dialog').count()).toBe(0)
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('rs_right')
  })

  it('follows a scan that it starts to its end', async () => {
    const server = await stage.serve(60)
    const { page } = await stage.open(server, '/scan?strategy=vcp')
    await page.waitForSelector('.results [data-index]')
    await page.getByRole('button', { name: '스캔 시작' }).click()
    await page.waitForSelector('[data-job="queued"]')
    const [job] = server.world.jobs
    if (job === undefined) throw new Error('no job was started')
    const topic = `job:${job.id}`
    await expect.poll(() => server.hub.topics()).toContain(topic)
    const progress = { done: 25, total: 40, step: 'scoring', estimated_end_at: null }
    const running = { ...job, status: 'running' as const, progress }
    server.hub.publish(topic, { type: 'job_update', data: running })
    await page.getByText('25 / 40').waitFor()
    server.hub.publish(topic, { type: 'job_update', data: { ...running, status: 'done' } })
    await page.waitForSelector('[data-job="done"]')
  })

  it('changes its language and its colours, and stays so', async () => {
    const server = await stage.serve(60)
    const { page } = await stage.open(server, '/')
    await page.waitForSelector('.gate-level')
    await page.getByLabel('설정').click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('button', { name: 'Up green · down red' }).click()
    await page.reload()
    await page.getByRole('heading', { name: 'Market gate' }).waitFor()
    const root = page.locator('html')
    expect(await root.getAttribute('lang')).toBe('en')
    expect(await root.getAttribute('data-colours')).toBe('western')
  })

  it('is used by keyboard alone, from the search to a row and back', async () => {
    const server = await stage.serve(60)
    const { page } = await stage.open(server, '/')
    await page.waitForSelector('.gate-level')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
    await page.getByRole('combobox').focus()
    const [stock] = server.world.stocks
    await page.keyboard.type(stock?.ticker ?? '')
    await page.waitForSelector('[role="option"]')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/stocks/${stock?.ticker}`)
    await page.getByRole('link', { name: '시그널', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('tab').first().focus()
    await page.keyboard.press('ArrowRight')
    await page.waitForURL('**/signals?strategy=vcp')
    await page.locator('.signals [data-index="0"] a').focus()
    for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowDown')
    await expect
      .poll(() =>
        page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('data-index')),
      )
      .toBe('12')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/stocks/*')
  })

  it('moves a price and nothing else when a trade comes', async () => {
    const server = await stage.serve(60)
    const { page } = await stage.open(server, '/signals')
    await page.waitForSelector('.signals .price')
    const price = page.locator('.signals .price').first()
    const ticker = (await price.getAttribute('data-ticker')) ?? ''
    await expect.poll(() => server.hub.topics()).toContain(`price:${ticker}`)
    const others = page.locator(`.signals .price:not([data-ticker="${ticker}"]) b`)
    const before = await others.allTextContents()
    server.hub.publish(`price:${ticker}`, priceUpdate(ticker, 123_456))
    await expect.poll(() => price.locator('b').textContent()).toBe('123,456')
    expect(await others.allTextContents()).toEqual(before)
  })
})
