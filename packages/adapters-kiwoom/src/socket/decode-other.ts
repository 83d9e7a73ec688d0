import type { QuoteVenue } from '@ralph-stock/core'
import { readSecond } from '../map/times.js'
import type { BookLevel } from '../rest/order-book.js'
import { known } from '../rest/stocks.js'
import type { Schema } from '../schema/fields.js'
import {
  conditionValues,
  depthValues,
  expectedValues,
  indexValues,
  industryItem,
  interruptionValues,
  marketStateValues,
  programValues,
  stockItem,
} from '../schema/frames.js'
import { problemOf } from '../schema/rows.js'
import type { LiveEvents, MarketStateMeaning } from './live-types.js'

type Values = Readonly<Record<string, unknown>>

/** What the readers of the rarer frames need. */
export type OtherContext = {
  readonly venue: QuoteVenue
  readonly instantAt: (second: number) => number
  readonly sink: {
    readonly emit: <Name extends keyof LiveEvents>(name: Name, event: LiveEvents[Name]) => void
  }
}

const STATES: Readonly<Record<string, MarketStateMeaning>> = {
  '0': 'krx-before-open',
  '2': 'krx-closing-auction',
  '3': 'krx-open',
  P: 'nxt-pre-market-open',
  Q: 'nxt-pre-market-end',
  R: 'nxt-main-open',
  S: 'nxt-main-end',
  T: 'nxt-after-auction',
  U: 'nxt-after-open',
  V: 'nxt-closing-price-end',
  W: 'nxt-after-end',
}

class Refusal {
  readonly problem: string

  constructor(problem: string) {
    this.problem = problem
  }
}

/** Reads a frame that is no trade; the problem when it is refused, else null. */
export function decodeOther(
  type: string,
  item: unknown,
  values: Values,
  context: OtherContext,
): string | null {
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined
  if (reader === undefined) return 'frame: type not wanted'
  try {
    reader(item, values, context)
    return null
  } catch (error) {
    if (error instanceof Refusal) return `${type}: ${error.problem}`
    throw error
  }
}

type Reader = (item: unknown, values: Values, context: OtherContext) => void

const READERS: Readonly<Record<string, Reader>> = {
  '0H': (item, values, context) => {
    const read = take(expectedValues, values)
    context.sink.emit('expected', {
      ...stockOf(item, context),
      at: context.instantAt(read['20']),
      price: read['10'],
      change: known(read['12']),
      quantity: known(Math.abs(read['15'])),
    })
  },
  '0J': (item, values, context) => {
    const read = take(indexValues, values)
    const { code } = take(industryItem, item, 'item')
    context.sink.emit('index', {
      code,
      at: context.instantAt(read['20']),
      value: read['10'],
      change: known(read['12']),
      open: read['16'],
      high: read['17'],
      low: read['18'],
      volume: known(read['13']),
      tradedValue: known(read['14']),
    })
  },
  '0D': (item, values, context) => {
    const read = take(depthValues, values)
    const second = read['21'] ?? 0
    context.sink.emit('orderBook', {
      ...stockOf(item, context),
      at: context.instantAt(second),
      second,
      asks: levelsOf(read, 40, 60),
      bids: levelsOf(read, 50, 70),
      totalAsk: read['121'] ?? 0,
      totalBid: read['125'] ?? 0,
    })
  },
  '0s': (_item, values, context) => {
    const read = take(marketStateValues, values)
    context.sink.emit('marketState', {
      at: context.instantAt(read['20']),
      code: read['215'],
      meaning: STATES[read['215']] ?? null,
      remainingSeconds: read['214'],
    })
  },
  '0w': (item, values, context) => {
    const read = take(programValues, values)
    context.sink.emit('program', {
      ...stockOf(item, context),
      at: context.instantAt(read['20']),
      sellQuantity: known(read['202']),
      sellValue: known(read['204']),
      buyQuantity: known(read['206']),
      buyValue: known(read['208']),
      netQuantity: known(read['210']),
      netValue: known(read['212']),
    })
  },
  '1h': (_item, values, context) => {
    const read = take(interruptionValues, values)
    const released = readSecond(read['1224']) ?? 0
    context.sink.emit('interruption', {
      ticker: read['9001'].ticker,
      name: read['302'],
      at: context.instantAt(read['9068'] === '2' && released > 0 ? released : read['1223']),
      active: read['9068'] !== '2',
      price: known(read['1221']),
      change: known(read['1489']),
      basis: read['1225'],
    })
  },
  '02': (_item, values, context) => {
    const read = take(conditionValues, values)
    context.sink.emit('condition', {
      search: read['841'],
      ticker: read['9001'].ticker,
      at: context.instantAt(read['20']),
      entered: read['843'] === 'I',
    })
  },
}

function take<T>(schema: Schema<T>, value: unknown, name?: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Refusal(name ?? problemOf(parsed.error))
}

function stockOf(item: unknown, context: OtherContext): { ticker: string; venue: QuoteVenue } {
  const { ticker, venue } = take(stockItem, item, 'item')
  if (venue !== context.venue && venue !== 'KRX') throw new Refusal('venue')
  return { ticker, venue: context.venue }
}

function levelsOf(read: Readonly<Record<string, number>>, prices: number, quantities: number) {
  const levels: BookLevel[] = []
  for (let level = 1; level <= 10; level++) {
    const price = read[String(prices + level)] ?? 0
    if (price > 0) levels.push({ price, quantity: read[String(quantities + level)] ?? 0 })
  }
  return levels
}
