import {
  dayNumberOfEpochMs,
  findDay,
  fromDayNumber,
  lastAtOrBefore,
  type Market,
  type Series,
  type SessionCalendar,
  seriesFromColumns,
  type TickRefusal,
  type TradeDate,
} from '@ralph-stock/core'

/** One value of an index during a session. */
export type IndexTick = {
  /** KOSPI, KOSDAQ. */
  readonly name: string
  /** Epoch ms UTC. */
  readonly at: number
  readonly value: number
  /** Of the session so far, where the feed carries them; else made from the values seen. */
  readonly open?: number
  readonly high?: number
  readonly low?: number
  readonly volume?: number
  /** KRW. */
  readonly tradedValue?: number
}

/** An index as it stands. */
export type IndexQuote = {
  readonly name: string
  readonly date: TradeDate
  readonly value: number
  /** From the close of the session before, as a fraction; null where that is not known. */
  readonly change: number | null
  readonly open: number
  readonly high: number
  readonly low: number
  /** Null where the feed does not say. */
  readonly volume: number | null
  /** KRW; null where the feed does not say. */
  readonly tradedValue: number | null
  /** Epoch ms of the last value; null for one of the history. */
  readonly at: number | null
}

/** The indexes of a market, their last bars still changing. */
export interface IndexBoard {
  /** Takes a value; says why where it is refused, and nothing changes then. */
  take(tick: IndexTick): { readonly code: TickRefusal; readonly message: string } | null
  /** Known ones, in the order of the names. */
  quotes(): IndexQuote[]
  quote(name: string): IndexQuote | null
  /** Each as a series with its live bar. */
  series(): Readonly<Record<string, Series>>
  /** Day number of the latest bar of any; -Infinity without one. */
  day(): number
}

type Bar = Record<(typeof FIELDS)[number], number> & { day: number; at: number }

const FIELDS = ['open', 'high', 'low', 'close', 'volume', 'tradedValue'] as const

/** Starts with the indexes of the history. */
export function indexBoard(
  market: Market,
  names: readonly string[],
  calendar: SessionCalendar,
): IndexBoard {
  const live = new Map<string, Bar>()
  let built: Record<string, Series> | null = null

  const refusalOf = (tick: IndexTick, day: number): ReturnType<IndexBoard['take']> => {
    const { name, value, open = value, high = value, low = value, at } = tick
    const { volume = 0, tradedValue = 0 } = tick
    const sound = [value, open, high, low].every((one) => Number.isFinite(one) && one > 0)
    if (!names.includes(name)) {
      const known = names.join(', ')
      return { code: 'E_TICK_UNKNOWN_STOCK', message: `no index is named ${name}; known: ${known}` }
    }
    if (!sound || !(volume >= 0) || !(tradedValue >= 0)) {
      return {
        code: 'E_TICK_VALUE',
        message: `an index must be above 0; found ${value} for ${name}`,
      }
    }
    const last = live.get(name)?.day ?? lastDay(market.indexes[name])
    if (!(day >= last) || at < (live.get(name)?.at ?? Number.NEGATIVE_INFINITY)) {
      return { code: 'E_TICK_OUT_OF_ORDER', message: `a later value of ${name} was taken before` }
    }
    if (day < calendar.first || day > calendar.last || !calendar.isSession(day)) {
      return { code: 'E_TICK_NO_SESSION', message: `no session on ${fromDayNumber(day)}` }
    }
    return null
  }

  const quote = (name: string): IndexQuote | null => {
    const bar = live.get(name) ?? lastBar(market.indexes[name])
    if (bar === null) return null
    const series = market.indexes[name]
    const position = series === undefined ? -1 : lastAtOrBefore(series.days, bar.day - 1)
    // The bar before counts only when it is of the session before.
    const follows = position >= 0 && series?.days[position] === calendar.previous(bar.day)
    const before = follows ? series?.columns['bars.close']?.[position] : undefined
    const change = bar.close / (before ?? Number.NaN) - 1
    const known = (value: number): number | null => (Number.isNaN(value) ? null : value)
    return {
      name,
      date: fromDayNumber(bar.day),
      value: bar.close,
      change: known(change),
      open: bar.open,
      high: bar.high,
      low: bar.low,
      volume: known(bar.volume),
      tradedValue: known(bar.tradedValue),
      at: known(bar.at),
    }
  }

  return {
    take(tick) {
      const day = Number.isFinite(tick.at) ? dayNumberOfEpochMs(tick.at) : Number.NaN
      const refusal = refusalOf(tick, day)
      if (refusal !== null) return refusal
      const { name, value, at } = tick
      const held = live.get(name) ?? lastBar(market.indexes[name])
      const known = held !== null && held.day === day ? held : null
      const open = tick.open ?? known?.open ?? value
      live.set(name, {
        day,
        at,
        open,
        high: Math.max(open, value, tick.high ?? value, known?.high ?? value),
        low: Math.min(open, value, tick.low ?? value, known?.low ?? value),
        close: value,
        volume: tick.volume ?? known?.volume ?? Number.NaN,
        tradedValue: tick.tradedValue ?? known?.tradedValue ?? Number.NaN,
      })
      built = null
      return null
    },
    quote,
    quotes: () => names.flatMap((name) => quote(name) ?? []),
    series() {
      built ??= Object.fromEntries(
        [...live].map(([name, bar]) => [name, withBar(name, market.indexes[name], bar)]),
      )
      return built
    },
    day() {
      let latest = Number.NEGATIVE_INFINITY
      for (const name of names) {
        latest = Math.max(latest, live.get(name)?.day ?? lastDay(market.indexes[name]))
      }
      return latest
    },
  }
}

function lastDay(series: Series | undefined): number {
  return series?.days[series.length - 1] ?? Number.NEGATIVE_INFINITY
}

function lastBar(series: Series | undefined): Bar | null {
  if (series === undefined || series.length === 0) return null
  const last = series.length - 1
  const value = (field: string): number => series.columns[`bars.${field}`]?.[last] ?? Number.NaN
  return {
    day: series.days[last] as number,
    at: Number.NaN,
    open: value('open'),
    high: value('high'),
    low: value('low'),
    close: value('close'),
    volume: value('volume'),
    tradedValue: value('tradedValue'),
  }
}

/** The series with the bar behind it, or in the place of its last one. */
function withBar(name: string, series: Series | undefined, bar: Bar): Series {
  const same = series !== undefined && findDay(series.days, bar.day) >= 0
  const kept = series === undefined ? 0 : series.length - Number(same)
  const days = new Int32Array(kept + 1)
  if (series !== undefined) days.set(series.days.subarray(0, kept))
  days[kept] = bar.day
  const columns: Record<string, Float64Array> = {}
  for (const field of FIELDS) {
    const values = new Float64Array(kept + 1).fill(Number.NaN)
    const older = series?.columns[`bars.${field}`]
    if (older !== undefined) values.set(older.subarray(0, kept))
    values[kept] = bar[field]
    columns[`bars.${field}`] = values
  }
  return seriesFromColumns({
    ticker: name,
    days,
    columns,
    adjustment: series?.adjustment ?? 'none',
    volumeScope: series?.volumeScope ?? 'KRX',
  })
}
