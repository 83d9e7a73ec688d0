import type { Series } from '../bars/index.js'
import type { SourceData } from '../columns/index.js'
import { krxCalendar, type SessionCalendar } from '../krx/index.js'
import { calendarOf, type Market, withOrdinals } from '../universe/index.js'

/**
 * The source columns of a series: its own, and the market's indexes on the dates of its bars.
 */
export function sourceData(series: Series, market: Market | null): SourceData {
  return {
    length: series.length,
    column: (name) => series.columns[name] ?? derived(series, market, name),
    magnitude: (name) => series.magnitudes[name] ?? Number.POSITIVE_INFINITY,
  }
}

const INDEX = 'index.'

function derived(series: Series, market: Market | null, name: string): Float64Array | undefined {
  if (name === 'sessions.ordinal') {
    const calendar = market?.calendar ?? calendarAlone(series)
    return withOrdinals(series, calendar).columns[name]
  }
  if (market === null || !name.startsWith(INDEX)) return undefined
  const [indexName, field] = splitLast(name.slice(INDEX.length))
  const from = market.indexes[indexName]
  const values = from?.columns[`bars.${field}`]
  if (from === undefined || values === undefined) return undefined
  return alignTo(series.days, from.days, values)
}

// A series alone shows the sessions that it traded on, not those that it missed: the exchange's table
// knows them. Days that are none of the table's (another market, invented data) speak for themselves.
function calendarAlone({ days, halts }: Series): SessionCalendar {
  const own = Int32Array.from([...days, ...halts]).sort()
  const table = krxCalendar()
  const isTables = (day: number): boolean =>
    day >= table.first && day <= table.last && table.isSession(day)
  return own.every(isTables) ? table : calendarOf(own)
}

/** Values of other dates on the dates of `days`; missing where a date is absent. */
export function alignTo(
  days: Int32Array,
  otherDays: Int32Array,
  values: Float64Array,
): Float64Array {
  const result = new Float64Array(days.length).fill(Number.NaN)
  let k = 0
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number
    while (k < otherDays.length && (otherDays[k] as number) < day) k++
    if (otherDays[k] === day) result[i] = values[k] as number
  }
  return result
}

function splitLast(text: string): readonly [string, string] {
  const at = text.lastIndexOf('.')
  return [text.slice(0, at), text.slice(at + 1)]
}
