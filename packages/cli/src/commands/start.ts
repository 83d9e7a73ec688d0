import { createEngine, type EngineScan, inventedAmong } from '@ralph-stock/engine'
import { demoMarket } from '@ralph-stock/engine/demo'
import { withStore } from '../home.js'
import type { StartOptions } from '../options.js'
import { gateSummary } from '../output/gate-view.js'
import { languageOf, say } from '../output/language.js'
import { whole } from '../output/numbers.js'
import { scanFooter } from '../output/scan-footer.js'
import { scanTable } from '../output/scan-table.js'
import { createScreen, type Screen } from '../output/screen.js'
import { type Context, print } from './command.js'
import { demoLine } from './scan.js'
import { serveUntilInterrupted } from './serve.js'

/** Cards of each strategy on the first page. */
const TOP = 5

/**
 * `ralph-stock start`: fills an empty store with the demo market, scans it by every strategy, and then
 * runs the service until the program is asked to end.
 */
export async function startCommand(options: StartOptions, context: Context): Promise<void> {
  const { io, strategies } = context
  const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
  await withStore(options, io, 'write', async (store) => {
    const engine = createEngine({ strategies, store })
    const before = await store.summary()
    if (before.bars === 0) await engine.write(demoMarket())
    const { stocks, bars, sources, lastDate } = before.bars === 0 ? await store.summary() : before
    const scan = await engine.scan({ top: TOP, ...(lastDate === null ? {} : { date: lastDate }) })
    const demo = inventedAmong(sources).length > 0
    print(io.stdout, [
      header(store.where, stocks, bars, screen),
      ...(demo ? demoLines(before.bars === 0, screen) : []),
      '',
      ...sections(scan, screen),
      ...scanFooter(scan, screen),
      '',
      ...nextSteps(scan, demo, screen),
      '',
    ])
    if (!options.once) await serveUntilInterrupted(store, context, options)
  })
}

function header(where: string, stocks: number, bars: number, { colors, language }: Screen): string {
  const counts =
    language === 'ko'
      ? `종목 ${whole(stocks)}, 일봉 ${whole(bars)}`
      : `${whole(stocks)} stocks, ${whole(bars)} daily bars`
  return `${colors.bold('Ralph Stock')}  ${colors.dim(`${where}: ${counts}`)}`
}

function demoLines(loaded: boolean, screen: Screen): string[] {
  const ko = screen.language === 'ko'
  const now = loaded ? (ko ? ' (비어 있어 방금 넣었습니다)' : ' (the store was empty)') : ''
  return [
    `${demoLine(screen)}${now}`,
    ko
      ? '실제 자료를 쓰려면: ralph-stock import 폴더 (stocks.csv, bars.csv; 데모는 지워집니다)'
      : 'For real data: ralph-stock import DIR, with stocks.csv and bars.csv; the demo then leaves',
  ]
}

function sections(scan: EngineScan, screen: Screen): string[] {
  return scan.results.flatMap((result) => {
    const { strategy, entries } = result
    const [first] = entries
    const lines =
      strategy.subject === 'market' && first !== undefined
        ? gateSummary(first.card, say(strategy.label, screen.language), screen)
        : scanTable(result, screen, 'brief')
    return [...lines, '']
  })
}

function nextSteps(scan: EngineScan, demo: boolean, { colors, language }: Screen): string[] {
  const ko = language === 'ko'
  const best = scan.results.find(
    ({ strategy, entries }) => strategy.subject === 'stock' && entries.length > 0,
  )
  const ticker = best?.entries[0]?.card.ticker ?? 'TICKER'
  const id = best?.strategy.id ?? 'closing-bet'
  const steps: ReadonlyArray<readonly [command: string, ko: string, en: string]> = [
    [`score ${ticker} --strategy ${id}`, '점수 하나하나의 이유', 'why each point was given'],
    [`scan --strategy ${id} --all`, '모든 종목의 점수', 'every stock with its score'],
    ...(demo
      ? [['import DIR', '실제 자료 가져오기', 'real data instead of the demo'] as const]
      : []),
    ['--help', '모든 명령', 'every command'],
  ]
  const width = Math.max(...steps.map(([command]) => command.length))
  return steps.map(
    ([command, inKorean, inEnglish]) =>
      `  ${colors.cyan(`npx ralph-stock ${command.padEnd(width)}`)}  ${colors.dim(ko ? inKorean : inEnglish)}`,
  )
}
