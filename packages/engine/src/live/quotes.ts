import { fromDayNumber, type Market, type Tick, type TradeDate } from '@ralph-stock/core'

/** A stock's price as it stands. */
export type LiveQuote = {
  readonly ticker: string
  /** The session that it is of; null when the stock never traded. */
  readonly date: TradeDate | null
  /** KRW; null when the stock never traded. */
  readonly price: number | null
  /** From the close of the stock's bar before, as a fraction; null on its first bar. */
  readonly change: number | null
  /** KRW: that close; null on the stock's first bar. */
  readonly previousClose: number | null
  /** KRW, of that session so far; null when the stock never traded. */
  readonly open: number | null
  readonly high: number | null
  readonly low: number | null
  /** Shares traded in that session so far. */
  readonly volume: number
  /** KRW traded in that session so far. */
  readonly tradedValue: number
  /** Epoch ms of the last tick; null for a price of the history. */
  readonly at: number | null
}

/** Prices that were printed in a stretch of a session; a table uses its own again with every tick. */
export type TickRange = {
  /** The stretch begins after this instant, epoch ms; -Infinity when it is all of the session. */
  after: number
  /** Whether it holds the session's first price. */
  first: boolean
  /** KRW: the session's open. */
  open: number
  high: number
  low: number
  last: number
}

/** Last prices of all stocks, in columns by their position in the market. */
export interface QuoteTable {
  /** Takes an accepted tick, and says which prices were printed since the last one. */
  take(position: number, day: number, tick: Tick): TickRange
  quote(position: number): LiveQuote
  /** Day number of the stock's last bar; -Infinity without one. */
  day(position: number): number
  price(position: number): number
  /** Close of the bar before the last; NaN on the stock's first. */
  previous(position: number): number
  /** Of the stock's last bar. */
  high(position: number): number
  tradedValue(position: number): number
  /** Shares of the stock's last bar; 0 without one. */
  volume(position: number): number
  /** Epoch ms of the last tick; NaN for a price of the history. */
  tickedAt(position: number): number
  /** The stock's bar as it stands. */
  bar(position: number): TickRange
  /** Traded bars of the stock, that of the session included. */
  bars(position: number): number
}

/** Starts with the last bars of the history. */
export function quoteTable(market: Market): QuoteTable {
  const count = market.members.length
  const column = (): Float64Array => new Float64Array(count).fill(Number.NaN)
  const [price, before, open, high, low] = [column(), column(), column(), column(), column()]
  const [volume, tradedValue, at, day] = [column(), column(), column(), column()]
  const bars = new Int32Array(count)
  const range: TickRange = { after: 0, first: false, open: 0, high: 0, low: 0, last: 0 }
  market.members.forEach(({ series }, m) => {
    const last = series.length - 1
    const value = (name: string, bar: number): number => series.columns[name]?.[bar] ?? Number.NaN
    bars[m] = series.length
    day[m] = last < 0 ? Number.NEGATIVE_INFINITY : (series.days[last] as number)
    price[m] = value('bars.close', last)
    before[m] = value('bars.close', last - 1)
    open[m] = value('bars.open', last)
    high[m] = value('bars.high', last)
    low[m] = value('bars.low', last)
    volume[m] = value('bars.volume', last)
    tradedValue[m] = value('bars.tradedValue', last)
  })
  const of = (values: Float64Array, position: number): number => values[position] as number

  return {
    take(position, tickDay, tick) {
      const { price: last } = tick
      const first = tickDay > of(day, position)
      if (first) {
        day[position] = tickDay
        bars[position] = (bars[position] as number) + 1
        before[position] = of(price, position)
        open[position] = tick.open ?? last
      }
      // A feed that skips ticks still tells the session's high and low, which moved in between.
      const top = Math.max(last, tick.high ?? last)
      const bottom = Math.min(last, tick.low ?? last)
      range.after =
        first || Number.isNaN(of(at, position)) ? Number.NEGATIVE_INFINITY : of(at, position)
      range.first = first
      range.last = last
      range.open = of(open, position)
      range.high = first || top > of(high, position) ? top : last
      range.low = first || bottom < of(low, position) ? bottom : last
      high[position] = first ? top : Math.max(of(high, position), top)
      low[position] = first ? bottom : Math.min(of(low, position), bottom)
      price[position] = last
      volume[position] = tick.volume
      tradedValue[position] = tick.tradedValue ?? last * tick.volume
      at[position] = tick.at
      return range
    },
    quote(position) {
      const never = Number.isNaN(of(price, position))
      const change = of(price, position) / of(before, position) - 1
      const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
      return {
        // Sound: positions are those of the market's members.
        ticker: (market.members[position] as Market['members'][number]).stock.ticker,
        date: never ? null : fromDayNumber(of(day, position)),
        price: never ? null : of(price, position),
        change: known(change),
        previousClose: known(of(before, position)),
        open: known(of(open, position)),
        high: known(of(high, position)),
        low: known(of(low, position)),
        volume: never ? 0 : of(volume, position),
        tradedValue: never ? 0 : of(tradedValue, position),
        at: known(of(at, position)),
      }
    },
    day: (position) => of(day, position),
    price: (position) => of(price, position),
    previous: (position) => of(before, position),
    high: (position) => of(high, position),
    tradedValue: (position) => of(tradedValue, position),
    volume: (position) => of(volume, position) || 0,
    tickedAt: (position) => of(at, position),
    bar: (position) => ({
      after: Number.NEGATIVE_INFINITY,
      first: true,
      open: of(open, position),
      high: of(high, position),
      low: of(low, position),
      last: of(price, position),
    }),
    bars: (position) => bars[position] as number,
  }
}
