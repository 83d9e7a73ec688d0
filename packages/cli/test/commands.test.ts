import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { ScoreCard } from '@ralph-stock/core'
import { DEMO_LAST_DATE, demoMarket } from '@ralph-stock/engine/demo'
import { beforeAll, describe, expect, it } from 'vitest'
import { widthOf } from '../src/output/screen.js'
import { call } from './call.js'
import { temporaryFolder } from './market-files.js'

type ScanJson = {
  readonly asOf: string
  readonly universe: { readonly eligible: number; readonly excluded: Record<string, number> }
  readonly cards: readonly ScoreCard[]
}

/** Criteria as RULES.md names them. */
const IDS: Readonly<Record<string, readonly string[]>> = {
  'closing-bet': ['news', 'volume', 'chart', 'candle', 'period', 'flow'],
  vcp: [
    'vcp.band-contraction',
    'vcp.volume-dry-up',
    'vcp.volatility-decrease',
    'vcp.rsi-neutral',
    'vcp.band-position',
    'smart-money.foreign',
    'smart-money.institution',
    'smart-money.foreign-streak',
    'smart-money.dual-buying',
  ],
  daytrade: [
    'volume-spike',
    'momentum-breakout',
    'box-breakout',
    'above-ma5',
    'institution-buying',
    'oversold-bounce',
    'sector-momentum',
  ],
}

const root = temporaryFolder()
const demoHome = join(root, 'demo')
let started = ''

const scanJson = async (...args: string[]): Promise<ScanJson> => {
  const { code, stdout, stderr } = await call(['scan', '--home', demoHome, '--json', ...args])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as ScanJson
}

beforeAll(async () => {
  const { code, stdout, stderr } = await call([
    'start',
    '--once',
    '--home',
    demoHome,
    '--lang',
    'en',
  ])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  started = stdout
}, 120_000)

describe('start', () => {
  it('fits on a page, names the demo and says how to go on', () => {
    const lines = started.trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(60)
    expect(started).toContain('DEMO DATA: every stock and price here is invented')
    expect(started).toContain('ralph-stock import DIR')
    expect(started).toContain('grade S is out of reach')
    expect(started).toContain(DEMO_LAST_DATE)
  })

  it('loads the demo once', async () => {
    const again = await call(['start', '--once', '--home', demoHome, '--lang', 'ko'])
    expect(again.stdout).toContain('데모 자료')
    expect(again.stdout).not.toContain('방금')
    expect(again.stdout).toContain('79,737')
  })

  it('is plain text where nobody looks at it', () => {
    expect(stripVTControlCharacters(started)).toBe(started)
  })
})

describe('scan', () => {
  it('gives the cards of the rules as JSON, best first', async () => {
    const { asOf, universe, cards } = await scanJson('--strategy', 'closing-bet,vcp,daytrade')
    expect(asOf).toBe(DEMO_LAST_DATE)
    expect(universe.eligible).toBeGreaterThan(200)
    expect(universe.excluded).toMatchObject({ preferred: 2, spac: 3, reit: 2, konex: 1, halted: 1 })
    const order = [...new Set(cards.map(({ strategyId }) => strategyId))]
    expect(order).toEqual(['closing-bet', 'vcp', 'daytrade'])
    for (const id of order) {
      const own = cards.filter(({ strategyId }) => strategyId === id)
      expect(own.map(({ score }) => score)).toEqual(
        own.map(({ score }) => score).sort((a, b) => b - a),
      )
      for (const card of own) {
        expect(card.criteria.map((one) => one.id)).toEqual(IDS[id])
        expect(card.screen.passed).toBe(true)
      }
    }
    const news = cards[0]?.criteria[0]
    expect(news).toMatchObject({ id: 'news', outcome: 'unknown', points: null })
  })

  it('shows good cards of every strategy', async () => {
    const { cards } = await scanJson()
    const grades = (id: string): string[] =>
      cards.filter((card) => card.strategyId === id).map((card) => card.grade)
    expect(grades('market-gate')).toEqual(['GREEN'])
    expect(grades('closing-bet')).toContain('A')
    for (const id of ['vcp', 'trend-template', 'daytrade']) expect(grades(id)).toContain('S')
  })

  it('narrows what it shows, not what it compares', async () => {
    const { cards: all } = await scanJson('--strategy', 'daytrade', '--all')
    const { cards } = await scanJson('--strategy', 'daytrade', '--all', '--market', 'kospi')
    expect(cards).toEqual(all.filter((card) => card.market === 'KOSPI'))
    const { cards: best } = await scanJson('--strategy', 'vcp,daytrade', '--top', '2')
    expect(best).toHaveLength(4)
    const { cards: graded } = await scanJson('--strategy', 'daytrade', '--min-grade', 'a')
    expect(new Set(graded.map((card) => card.grade))).toEqual(new Set(['S', 'A']))
    expect(all.length).toBeGreaterThan(200)
  })

  it('lists the sectors of the market, strongest first', async () => {
    const { cards } = await scanJson('--strategy', 'market-gate')
    const changes = cards[0]?.sectors?.map(({ change }) => change) ?? []
    expect(cards[0]).toMatchObject({ ticker: 'MARKET', grade: 'GREEN' })
    expect(changes.length).toBeGreaterThan(5)
    expect(changes).toEqual([...changes].sort((a, b) => b - a))
  })

  it('says which session was the last before a day without one', async () => {
    const { code, stdout, stderr } = await call([
      'scan',
      '--home',
      demoHome,
      '--date',
      '2026-02-14',
      '--json',
    ])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      'E_SESSION_NONE: no session on 2026-02-14; the last one before it is 2026-02-13\n',
    )
  })

  it('aligns its table, Korean names too, and colours it on a terminal only', async () => {
    const args = ['scan', '--home', demoHome, '--strategy', 'vcp', '--top', '8', '--lang', 'en']
    const { stdout } = await call(args)
    const rows = stdout.split('\n').filter((line) => /^ +\d+ {2}D\d/.test(line))
    expect(rows).toHaveLength(8)
    expect(new Set(rows.map((row) => widthOf(row))).size).toBe(1)
    const colored = await call(args, { isTTY: true, columns: 200 })
    expect(colored.stdout).not.toBe(stdout)
    expect(stripVTControlCharacters(colored.stdout)).toBe(stdout)
    const plain = await call(args, { isTTY: true, columns: 200, env: { NO_COLOR: '1' } })
    expect(plain.stdout).toBe(stdout)
  })

  it('leaves columns out where the terminal is narrow', async () => {
    const args = ['scan', '--home', demoHome, '--strategy', 'vcp', '--top', '8', '--lang', 'ko']
    const { stdout } = await call(args, { columns: 80 })
    const rows = stdout.split('\n').filter((line) => /D\d{5}/.test(line))
    expect(rows).toHaveLength(8)
    for (const row of rows) expect(widthOf(row)).toBeLessThanOrEqual(80)
  })
})

describe('score', () => {
  it('explains each point in both languages', async () => {
    const { cards } = await scanJson('--strategy', 'closing-bet', '--top', '1')
    const [card] = cards
    const args = ['score', card?.ticker ?? '', '--strategy', 'closing-bet', '--home', demoHome]
    const { stdout: json } = await call([...args, '--json'])
    expect(JSON.parse(json)).toEqual(card)
    const { stdout: korean } = await call(args, { env: { LANG: 'ko_KR.UTF-8' } })
    expect(korean).toContain('거래대금')
    expect(korean).toContain('목표')
    const { stdout: english } = await call([...args, '--lang', 'en'], { env: { LANG: 'ko_KR' } })
    expect(english).toContain('Traded value')
    expect(english).toContain('target')
    for (const line of card?.criteria ?? []) {
      expect(english).toContain(line.reason.en)
      for (const name of Object.keys(line.evidence)) expect(english).toContain(`${name} `)
    }
  })

  it('knows the market as a subject', async () => {
    const args = ['score', 'market', '--strategy', 'market-gate', '--home', demoHome]
    const { code, stdout } = await call(args)
    expect(code).toBe(0)
    expect(stdout).toContain('GREEN')
  })

  it('refuses a ticker that nobody has, and one that is halted', async () => {
    const score = (ticker: string) =>
      call(['score', ticker, '--strategy', 'vcp', '--home', demoHome])
    expect(await score('999990')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^E_STOCK_UNKNOWN: no stock has the ticker "999990".*\n$/),
    })
    const { cards } = await scanJson('--strategy', 'vcp', '--all')
    const shown = new Set(cards.map(({ ticker }) => ticker))
    const halted = demoMarket().stocks.filter(({ ticker }) => !shown.has(ticker) && ticker < 'D9')
    const lines: string[] = []
    for (const { ticker } of halted) lines.push((await score(ticker)).stderr)
    expect(lines.join('')).toContain('was halted on')
  })
})

describe('help', () => {
  it('is printed for the program and each command, with examples', async () => {
    expect((await call([])).stdout).toContain('Usage: ralph-stock')
    for (const command of ['start', 'serve', 'keys', 'import', 'scan', 'score']) {
      const { code, stdout } = await call([command, '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain('Examples:')
    }
    expect(await call(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' })
  })
})
