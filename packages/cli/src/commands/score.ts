import { createEngine, inventedAmong, pickStrategies } from '@ralph-stock/engine'
import { withStore } from '../home.js'
import type { ScoreOptions } from '../options.js'
import { cardView } from '../output/card-view.js'
import { gateView } from '../output/gate-view.js'
import { languageOf, say } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { type Context, print, printJson } from './command.js'
import { demoLine } from './scan.js'

/** `ralph-stock score TICKER`: one card, every point explained. */
export async function scoreCommand(
  ticker: string,
  options: ScoreOptions,
  { io, strategies }: Context,
): Promise<void> {
  const asked = pickStrategies(strategies, [options.strategy])
  const { card, demo } = await withStore(options, io, 'read', async (store) => {
    const engine = createEngine({ strategies: asked, store })
    const { sources, lastDate } = await store.summary()
    const date = options.date ?? lastDate
    return {
      demo: inventedAmong(sources).length > 0,
      card: await engine.score({
        ticker: ticker.toUpperCase(),
        strategy: options.strategy,
        ...(date === null ? {} : { date }),
      }),
    }
  })
  if (options.json) {
    printJson(io.stdout, card)
    return
  }
  const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
  const title = asked[0] === undefined ? card.name : say(asked[0].label, screen.language)
  const page = card.sectors === undefined ? cardView(card, screen) : gateView(card, title, screen)
  print(io.stdout, [...(demo ? [demoLine(screen)] : []), ...page])
}
