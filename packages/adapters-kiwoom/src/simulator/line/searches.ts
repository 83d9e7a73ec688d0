import type { Clock } from '../../clock.js'
import { padded } from '../format.js'
import type { SimulatedMarket } from '../market/market.js'

/** Searches that somebody saved. */
export interface SimulatedSearches {
  list(): string[][]
  /** Codes that a search finds now. */
  find(id: string): string[]
  page(
    id: string,
    next: string,
  ): { readonly rows: ReadonlyArray<Readonly<Record<string, string>>>; readonly next: string }
}

const PAGE = 100
const NAME_BYTES = 20

/** Two searches: what rises by 2 % or more, and what falls by as much. */
export function createSearches(market: SimulatedMarket, clock: Clock): SimulatedSearches {
  const find = (id: string): string[] => {
    const moment = market.moment(clock.now())
    const least = id === '1' ? -1 : 1
    return market.papers
      .filter((paper) => {
        const { price, base } = market.quote(paper, 'KRX', moment)
        return (price / base - 1) * least >= 0.02
      })
      .map((paper) => paper.code)
  }

  const row = (code: string): Readonly<Record<string, string>> => {
    const paper = market.paper(code)
    if (paper === undefined) return {}
    const quote = market.quote(paper, 'KRX', market.moment(clock.now()))
    const { price, base } = quote
    const number = (value: number): string =>
      value < 0 ? `-${padded(-value, 8)}` : padded(value, 9)
    return {
      '9001': `${paper.kind === 'etn' ? 'Q' : 'A'}${code}`,
      '302': Buffer.from(paper.name)
        .subarray(0, NAME_BYTES)
        .toString()
        .replace(/\uFFFD+$/, ''),
      '10': padded(price, 9),
      '25': price > base ? '2' : price < base ? '5' : '3',
      '11': number(price - base),
      // Percent times 1,000.
      '12': number(Math.round((price / base - 1) * 10_000) * 10),
      '13': padded(quote.volume, 9),
      '16': padded(quote.open, 9),
      '17': padded(quote.high, 9),
      '18': padded(quote.low, 9),
    }
  }

  return {
    list: () => [
      ['0', '모의 상승'],
      ['1', '모의 하락'],
    ],
    find,
    page: (id, next) => {
      const from = Number(next) || 0
      const codes = find(id)
      const rows = codes.slice(from, from + PAGE).map(row)
      return { rows, next: from + PAGE < codes.length ? String(from + PAGE) : '' }
    },
  }
}
