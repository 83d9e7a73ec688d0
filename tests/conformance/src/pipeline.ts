import { createMarket, createSeries, type Market, type Strategy } from '@ralph-stock/core'
import { closingBet } from '@ralph-stock/strategies-closing-bet'
import { daytrade } from '@ralph-stock/strategies-daytrade'
import { marketGate } from '@ralph-stock/strategies-market-gate'
import { trendTemplate, vcp } from '@ralph-stock/strategies-vcp'
import type { Article, RawRows, ReferenceStrategyId } from '@ralph-stock/test-reference'
import type { MarketRows } from '@ralph-stock/testing'

/** Every shipped strategy, by the id that the reference knows it under. */
export const STRATEGIES: Readonly<Record<ReferenceStrategyId, Strategy>> = {
  vcp: vcp(),
  'trend-template': trendTemplate(),
  'closing-bet': closingBet(),
  daytrade: daytrade(),
  'market-gate': marketGate(),
}

/** Rows as both readings of the rules take them. */
export type CommonRows = {
  readonly raw: RawRows
  /** By ticker; null without a news source. */
  readonly articles: Map<string, Article[]> | null
}

/** A generated market as plain rows: one price a bar, the kind of a listing only by its name and code. */
export function commonRows({ stocks, indexes }: MarketRows): CommonRows {
  const withNews = stocks.some(({ articles }) => articles !== undefined)
  const articles = new Map(
    stocks.map((one) => [
      one.stock.ticker,
      [...(one.articles ?? [])]
        .sort((a, b) => a.publishedAt - b.publishedAt)
        .map((article): Article => ({ ...article, label: labelOf(article.sentiment) })),
    ]),
  )
  return {
    raw: {
      stocks: stocks.map(({ stock }) => ({
        ticker: stock.ticker,
        name: stock.name,
        market: stock.market,
        sector: stock.sector ?? '',
        department: stock.department ?? '',
      })),
      bars: stocks.flatMap(({ stock, bars }) =>
        bars.map(({ date, open, high, low, close, volume }) => {
          return { ticker: stock.ticker, date, open, high, low, close, volume }
        }),
      ),
      flows: stocks.flatMap(({ stock, flows }) =>
        (flows ?? []).map((flow) => ({
          ticker: stock.ticker,
          date: flow.date,
          foreignValue: flow.foreignNetValue ?? null,
          institutionValue: flow.institutionNetValue ?? null,
          foreignShares: flow.foreignNetVolume ?? null,
          institutionShares: flow.institutionNetVolume ?? null,
        })),
      ),
      index: Object.entries(indexes).flatMap(([index, bars]) =>
        bars.map(({ date, close }) => ({ index, date, close })),
      ),
    },
    articles: withNews ? articles : null,
  }
}

/** The market of the pipeline over the same rows. */
export function marketOfRows({ raw, articles }: CommonRows): Market {
  const bars = grouped(raw.bars, ({ ticker }) => ticker)
  const flows = grouped(raw.flows, ({ ticker }) => ticker)
  const indexes = grouped(raw.index, ({ index }) => index)
  return createMarket({
    stocks: raw.stocks.map((stock) => ({
      stock: {
        ticker: stock.ticker,
        name: stock.name,
        market: stock.market,
        sector: stock.sector === '' ? null : stock.sector,
        department: stock.department === '' ? null : stock.department,
        kind: null,
        listedShares: null,
        marketCap: null,
        listingDate: null,
      },
      series: createSeries({
        ticker: stock.ticker,
        bars: byDate(bars.get(stock.ticker) ?? []),
        flows: (flows.get(stock.ticker) ?? []).map((flow) => ({
          date: flow.date,
          foreignNetValue: flow.foreignValue,
          institutionNetValue: flow.institutionValue,
          foreignNetVolume: flow.foreignShares,
          institutionNetVolume: flow.institutionShares,
        })),
        ...(articles === null ? {} : { articles: articles.get(stock.ticker) ?? [] }),
      }),
    })),
    indexes: Object.fromEntries(
      [...indexes].map(([name, rows]) => [
        name,
        createSeries({
          ticker: name,
          bars: byDate(rows).map(({ date, close }) => {
            return { date, open: close, high: close, low: close, close, volume: 1 }
          }),
        }),
      ]),
    ),
  })
}

function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = keyOf(row)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return groups
}

function byDate<T extends { readonly date: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.date < b.date ? -1 : 1))
}

function labelOf(sentiment: number | null): Article['label'] {
  if (sentiment === null) return null
  if (sentiment === 0) return 'neutral'
  return sentiment > 0 ? 'positive' : 'negative'
}
