import { join } from 'node:path'
import type { ScoreCard } from '@ralph-stock/core'
import { demoMarket } from '@ralph-stock/engine/demo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SyncReport } from '../src/commands/sync.js'
import type { SimulatorAddresses } from '../src/output/simulator-view.js'
import { leftText, remainingMs } from '../src/sync/progress.js'
import { begin, call, type RunningCall } from './call.js'
import { filesOf, temporaryFolder, writeFiles } from './market-files.js'

const TICKERS = ['Z00010', 'Z00020', 'Z00030']
const root = temporaryFolder()
const home = join(root, 'home')

let simulator: RunningCall
let env: Readonly<Record<string, string>> = {}

async function addressesOf(running: RunningCall): Promise<SimulatorAddresses> {
  for (let wait = 0; wait < 500 && running.stdout() === ''; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return JSON.parse(running.stdout()) as SimulatorAddresses
}

const sync = async (...args: string[]): Promise<SyncReport> => {
  const tickers = ['--tickers', TICKERS.join(',').toLowerCase()]
  const ended = await call(['sync', '--home', home, '--json', ...tickers, ...args], { env })
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(ended.stdout) as SyncReport
}

beforeAll(async () => {
  const size = ['--stocks', '40', '--speed', '600', '--seed', '7', '--date', '2026-03-31']
  simulator = begin(['kiwoom-simulator', '--port', '0', '--json', ...size])
  env = (await addressesOf(simulator)).env
})

afterAll(async () => {
  simulator.interrupt()
  expect(await simulator.ended).toMatchObject({ code: 0, stderr: '' })
})

describe('kiwoom-simulator', () => {
  it('says where it is and how to reach it, on this machine alone', async () => {
    const running = begin(['kiwoom-simulator', '--port', '0', '--lang', 'ko', '--stocks', '5'])
    for (let wait = 0; wait < 500 && running.stdout() === ''; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(running.stdout()).toMatch(/http:\/\/127\.0\.0\.1:\d+\n/)
    expect(running.stdout()).toContain('export KIWOOM_ENV=simulator')
    running.interrupt()
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('refuses a port that is taken, and values that are none', async () => {
    const port = new URL(env['KIWOOM_REST_URL'] ?? '').port
    const taken = await call(['kiwoom-simulator', '--port', port])
    expect(taken).toMatchObject({ code: 1, stdout: '' })
    expect(taken.stderr).toMatch(/^E_PARAM_RANGE: port [^\n]*\n$/)
    for (const [flag, value] of [
      ['--port', '65536'],
      ['--speed', '0'],
      ['--date', 'today'],
      ['--seed', '-1'],
      ['--stocks', 'many'],
    ] as const) {
      const wrong = await call(['kiwoom-simulator', `${flag}=${value}`])
      expect(wrong.code, flag).toBe(2)
      expect(wrong.stderr).toMatch(new RegExp(`^E_CLI_USAGE: ${flag} [^\\n]*\\n$`))
    }
  })
})

describe('sync', () => {
  it('brings stocks that can be scanned and scored, and asks for them once', async () => {
    const report = await sync()
    expect(report).toMatchObject({ store: home, done: 3, failed: 0, through: '2026-03-30' })
    expect(report).toMatchObject({ environment: 'simulator', removed: [], readjusted: [] })
    expect(report.bars).toBeGreaterThan(600)
    const scan = await call(['scan', '--home', home, '--all', '--json', '--date', '2026-03-30'])
    expect({ code: scan.code, stderr: scan.stderr }).toEqual({ code: 0, stderr: '' })
    const { cards } = JSON.parse(scan.stdout) as { readonly cards: readonly ScoreCard[] }
    const own = cards.filter(({ strategyId }) => strategyId === 'vcp').map(({ ticker }) => ticker)
    expect(own.sort()).toEqual(TICKERS)
    const card = await call(['score', 'Z00010', '--strategy', 'vcp', '--home', home])
    expect(card.code).toBe(0)
    expect(card.stdout).toContain('DEMO DATA')
    expect(await sync()).toMatchObject({ done: 0, skipped: 3, bars: 0 })
  }, 120_000)

  it('tells a page in Korean', async () => {
    const args = ['sync', '--home', home, '--tickers', 'Z00010', '--lang', 'ko']
    const { code, stdout } = await call(args, { env })
    expect(code).toBe(0)
    expect(stdout).toContain('받음 0, 이미 있음 1')
  }, 120_000)

  it('leaves what it stored when interrupted', async () => {
    const place = join(root, 'interrupted')
    const running = begin(['sync', '--home', place, '--from', '2025-06-02'], { env })
    await new Promise((resolve) => setTimeout(resolve, 20))
    running.interrupt()
    const { code, stdout, stderr } = await running.ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^E_BROKER_CLOSED: [^\n]*run it again to go on\n$/)
    expect((await call(['doctor', '--home', place])).code).toBe(0)
  }, 120_000)

  it('never mixes invented stocks with real ones', async () => {
    const folder = writeFiles(filesOf(demoMarket({ stocks: 240, sessions: 60 })))
    const imported = await call(['import', folder, '--home', home, '--json'])
    expect(JSON.parse(imported.stdout)).toMatchObject({ demoRemoved: true })
    const refused = await call(['sync', '--home', home], { env })
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^E_BROKER_SETTINGS: KIWOOM_ENV [^\n]*real data[^\n]*\n$/)
  }, 120_000)

  it('says in one line what it lacks', async () => {
    const lacking = await call(['sync', '--home', join(root, 'none')])
    expect(lacking).toMatchObject({ code: 1, stdout: '' })
    expect(lacking.stderr).toMatch(/^E_BROKER_SETTINGS: KIWOOM_APP_KEY must be set[^\n]*\n$/)
    const silent = { KIWOOM_ENV: 'simulator', KIWOOM_REST_URL: 'http://127.0.0.1:1' }
    const unanswered = await call(['sync', '--home', join(root, 'none')], { env: silent })
    expect(unanswered.stderr).toMatch(/^E_BROKER_UNAVAILABLE: [^\n]*\n$/)
    const nobody = ['sync', '--home', join(root, 'none'), '--tickers', 'NOBODY']
    expect((await call(nobody, { env })).stderr).toMatch(/^E_STOCK_UNKNOWN: [^\n]*\n$/)
    for (const wrong of ['--tickers=,', '--from=2026-02-30']) {
      expect((await call(['sync', wrong])).code).toBe(2)
    }
  }, 120_000)
})

describe('the estimate', () => {
  it('goes by the speed so far', () => {
    expect(remainingMs(1000, 0, 5)).toBeNull()
    expect(remainingMs(1000, 10, 50)).toBe(5000)
    expect(leftText(null, false)).toBe('')
    expect(leftText(5000, false)).toBe('about 5 s left')
    expect(leftText(61_000, true)).toBe('약 2분 남음')
    expect(leftText(3_660_000, false)).toBe('about 1 h 1 min left')
  })
})
