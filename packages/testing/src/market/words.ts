import type { MarketScript, Segment, StockScript } from './script.js'

const KINDS: Readonly<Record<Segment['kind'], string>> = {
  walk: 'walking',
  flat: 'flat',
  round: 'moving by round steps',
  rise: 'rising',
  fall: 'falling',
  'limit-up': 'locked at the upper limit',
  'limit-down': 'locked at the lower limit',
  halt: 'halted',
  gap: 'without a row',
  split: 'from a split on',
  rounded: 'with rows broken by rounding',
  wrong: 'with wrong rows',
}

/** Tells a market in a few sentences, so that a counter-example can be read. */
export function marketInWords(script: MarketScript): string {
  const count = script.stocks.length
  const gap = script.indexGap
  const stocks = script.stocks.map(stockInWords).join('. ')
  const index =
    gap === null ? '' : `. ${gap.name} has no value ${sessions(gap.sessionsBack)} before the last`
  return `${count} stock${count === 1 ? '' : 's'}. ${stocks}${index}.`
}

function stockInWords(one: StockScript): string {
  const { stock, price, volume, segments, flows, articles } = one
  const story = segments.map((part) => `${sessions(part.sessions)} ${KINDS[part.kind]}`)
  const told = story.length === 0 ? 'no session at all' : story.join(', then ')
  const listing = `${stock.market}${stock.sector === null ? '' : `, ${stock.sector}`}`
  const news = articles === null ? 'no news source' : `${articles.length} articles`
  return `${stock.ticker} (${listing}), from ${price} won and ${volume} shares a day: ${told}; flows: ${flows}; ${news}`
}

function sessions(count: number): string {
  return `${count} session${count === 1 ? '' : 's'}`
}
