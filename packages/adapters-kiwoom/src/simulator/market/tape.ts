/** Trades of one paper on one day at one venue, in order. */
export type Tape = {
  readonly length: number
  /** Seconds after midnight in Korea. */
  readonly second: Int32Array
  readonly price: Float64Array
  /** Above 0 when the buyer came to the market. */
  readonly quantity: Float64Array
  /** 1 before the regular session, 2 in it, 3 after it. */
  readonly session: Uint8Array
  /** Shares and KRW through each trade. */
  readonly volume: Float64Array
  readonly value: Float64Array
  /** Through each trade that counts for the day's prices; 0 before the first. */
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly interruptions: readonly Interrupted[]
}

/** A volatility interruption. */
export type Interrupted = {
  readonly second: number
  readonly release: number
  readonly price: number
  readonly reference: number
}

/** One trade before it is put in order. */
export type RawTrade = {
  second: number
  price: number
  quantity: number
  readonly session: number
}

/** A minute of a tape. */
export type TapeMinute = {
  /** Minutes after midnight. */
  readonly minute: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly dayVolume: number
}

/** Puts trades on a tape; they must be in order of time. */
export function tapeOf(
  trades: readonly RawTrade[],
  regularOnly: boolean,
  interruptions: readonly Interrupted[] = [],
): Tape {
  const length = trades.length
  const numbers = (): Float64Array => new Float64Array(length)
  const tape = {
    length,
    second: new Int32Array(length),
    price: numbers(),
    quantity: numbers(),
    session: new Uint8Array(length),
    volume: numbers(),
    value: numbers(),
    open: numbers(),
    high: numbers(),
    low: numbers(),
    interruptions,
  }
  let volume = 0
  let value = 0
  let open = 0
  let high = 0
  let low = 0
  trades.forEach((trade, at) => {
    const { price } = trade
    const size = Math.abs(trade.quantity)
    volume += size
    value += size * price
    if (!regularOnly || trade.session === 2) {
      if (open === 0) open = price
      high = Math.max(high, price)
      low = low === 0 ? price : Math.min(low, price)
    }
    tape.second[at] = trade.second
    tape.price[at] = price
    tape.quantity[at] = trade.quantity
    tape.session[at] = trade.session
    tape.volume[at] = volume
    tape.value[at] = value
    tape.open[at] = open
    tape.high[at] = high
    tape.low[at] = low
  })
  return tape
}

/** How many trades were made through a second of the day. */
export function madeBy(tape: Tape, second: number): number {
  let low = 0
  let high = tape.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tape.second[middle] as number) <= second) low = middle + 1
    else high = middle
  }
  return low
}

/** The minutes of the first `count` trades that have a bar, oldest first. */
export function minutesOf(tape: Tape, count: number, regularOnly: boolean): TapeMinute[] {
  const minutes: TapeMinute[] = []
  let current: { -readonly [Name in keyof TapeMinute]: TapeMinute[Name] } | null = null
  for (let at = 0; at < count; at++) {
    if (regularOnly && tape.session[at] !== 2) continue
    const minute = Math.floor((tape.second[at] as number) / 60)
    const price = tape.price[at] as number
    const size = Math.abs(tape.quantity[at] as number)
    const dayVolume = tape.volume[at] as number
    if (current === null || current.minute !== minute) {
      current = { minute, open: price, high: price, low: price, close: price, volume: 0, dayVolume }
      minutes.push(current)
    }
    current.high = Math.max(current.high, price)
    current.low = Math.min(current.low, price)
    current.close = price
    current.volume += size
    current.dayVolume = dayVolume
  }
  return minutes
}
