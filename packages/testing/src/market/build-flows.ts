import {
  type Article,
  type Bar,
  dayNumber,
  epochMsOfKst,
  type Flow,
  fromDayNumber,
  type TradeDate,
  tradeDate,
} from '@ralph-stock/core'
import { pick, type Random, randomOf, seedOf } from './random.js'
import type { ArticleScript, FlowScript, StockScript } from './script.js'

/** Net buying beside the rows of a stock, on thresholds of rules more often than chance would have it. */
export function buildFlows(
  { stock, flows }: Pick<StockScript, 'stock' | 'flows'>,
  bars: readonly Bar[],
): Flow[] | undefined {
  if (flows === 'none') return undefined
  const rows: Flow[] = []
  bars.forEach((bar, i) => {
    // Each date has a seed of its own, so that cutting rows leaves the flows of the others alone.
    const random = randomOf(seedOf(`${stock.ticker}/${bar.date}/flows`))
    if (flows === 'holes' && random() < 0.2) return
    const last = i === bars.length - 1
    rows.push({ date: bar.date, ...sides(flows, bar, last, random) })
  })
  return rows
}

function sides(flows: FlowScript, bar: Bar, last: boolean, random: Random): Omit<Flow, 'date'> {
  const value = bar.close * bar.volume
  const net = (): number => {
    const share = pick(random, [0, 0.05, 0.02, -0.02, 0.2 * (random() - 0.5)])
    return pick(random, [Math.round(share * value), Math.round(share * value), 1, -1, 5e9, 1e10])
  }
  const [foreign, institution] = [net(), net()]
  if (flows === 'shares') {
    const shares = (won: number): number => Math.round(won / Math.max(1, bar.close))
    return { foreignNetVolume: shares(foreign), institutionNetVolume: shares(institution) }
  }
  const known = { foreignNetValue: foreign, institutionNetValue: institution }
  if (flows === 'holes' && random() < 0.2) return { ...known, institutionNetValue: null }
  return flows === 'provisional' && last ? { ...known, provisional: true } : known
}

/** The articles of a stock, told from `last` back; undefined without a source. */
export function buildArticles(
  articles: readonly ArticleScript[] | null,
  last: TradeDate,
): Article[] | undefined {
  if (articles === null) return undefined
  return articles.map(({ daysBack, time, number, sentiment }) => {
    const date = fromDayNumber(dayNumber(tradeDate(last)) - daysBack)
    return { id: `article-${number}`, publishedAt: epochMsOfKst(date, time), sentiment }
  })
}
