import type { Strategy } from '@ralph-stock/core'
import { createEngine, type EngineScan, inventedAmong, pickStrategies } from '@ralph-stock/engine'
import { usageError } from '../failure.js'
import { withStore } from '../home.js'
import type { ScanOptions } from '../options.js'
import { gateSummary, gateView } from '../output/gate-view.js'
import { languageOf, say } from '../output/language.js'
import { scanFooter } from '../output/scan-footer.js'
import { scanTable } from '../output/scan-table.js'
import { createScreen, type Screen } from '../output/screen.js'
import { WORDS } from '../output/words.js'
import { type Context, print, printJson } from './command.js'

/** `ralph-stock scan`: the cards of one day, best first. */
export async function scanCommand(options: ScanOptions, context: Context): Promise<void> {
  const { io, strategies } = context
  const asked =
    options.strategy === undefined ? strategies : pickStrategies(strategies, options.strategy)
  requireGrade(asked, options.minGrade)
  const { scan, demo } = await withStore(options, io, 'read', async (store) => {
    const engine = createEngine({ strategies: asked, store })
    const { sources, lastDate } = await store.summary()
    const date = options.date ?? lastDate
    return {
      demo: inventedAmong(sources).length > 0,
      scan: await engine.scan({
        market: options.market,
        all: options.all,
        ...(date === null ? {} : { date }),
        ...(options.top === undefined ? {} : { top: options.top }),
        ...(options.minGrade === undefined ? {} : { minimumGrade: options.minGrade }),
      }),
    }
  })
  if (options.json) printJson(io.stdout, scanJson(scan))
  else {
    const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
    print(io.stdout, scanPage(scan, demo, options.strategy !== undefined, screen))
  }
}

/** The public shape of a scan. */
export function scanJson(scan: EngineScan): unknown {
  const { eligible, excluded } = scan.universe
  return {
    asOf: scan.asOf,
    universe: { eligible, excluded },
    cards: scan.results.flatMap(({ entries }) => entries.map(({ card }) => card)),
  }
}

// Seventy sectors are an answer to a question about the market; beside four tables they are too many.
function scanPage(scan: EngineScan, demo: boolean, asked: boolean, screen: Screen): string[] {
  const gate = asked ? gateView : gateSummary
  const { language } = screen
  const sections = scan.results.map((result) => {
    const { strategy, entries } = result
    const [first] = entries
    return strategy.subject === 'market' && first !== undefined
      ? gate(first.card, say(strategy.label, language), screen)
      : scanTable(result, screen, 'full')
  })
  return [
    ...(demo ? [demoLine(screen)] : []),
    ...sections.flatMap((lines) => [...lines, '']),
    ...scanFooter(scan, screen),
  ]
}

/** Says that nothing here is real. */
export function demoLine({ colors, language }: Screen): string {
  return colors.bold(colors.yellow(say(WORDS.demo, language)))
}

function requireGrade(strategies: readonly Strategy[], grade: string | undefined): void {
  if (grade === undefined) return
  const known = [...new Set(strategies.flatMap(({ scale }) => scale.labels))]
  if (known.includes(grade)) return
  throw usageError(`--min-grade must be one of ${known.join(', ')}; found "${grade}"`)
}
