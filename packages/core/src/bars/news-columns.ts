import { epochMsOfKst, fromDayNumber } from '../krx/index.js'
import type { Article } from './bar.js'

/** From 00:00 KST this many days before the bar's date. */
const WINDOW_DAYS = 7
/** Articles after this time of the day were not known when the card was decided. */
const DECISION_TIME = '15:20'

type NewsColumns = {
  readonly positive: Float64Array
  readonly negative: Float64Array
  readonly meanSentiment: Float64Array
}

/**
 * Counts the articles of each bar's window, each article once however many copies the window holds.
 *
 * A window with no article is known: nothing was written. A window with an article that could not be
 * analysed is missing, not neutral.
 */
export function newsColumns(days: Int32Array, articles: readonly Article[]): NewsColumns {
  const ordered = [...articles].sort((a, b) => a.publishedAt - b.publishedAt)
  const copies = copiesBefore(ordered)
  const positive = new Float64Array(days.length)
  const negative = new Float64Array(days.length)
  const meanSentiment = new Float64Array(days.length)
  let first = 0
  let end = 0
  for (let i = 0; i < days.length; i++) {
    const day = days[i] as number
    const opens = epochMsOfKst(fromDayNumber(day - WINDOW_DAYS), '00:00')
    const closes = epochMsOfKst(fromDayNumber(day), DECISION_TIME)
    while (end < ordered.length && (ordered[end] as Article).publishedAt <= closes) end++
    while (first < end && (ordered[first] as Article).publishedAt < opens) first++
    let up = 0
    let down = 0
    let sum = 0
    let counted = 0
    for (let k = first; k < end; k++) {
      if ((copies[k] as number) >= first) continue
      counted++
      const sentiment = (ordered[k] as Article).sentiment ?? Number.NaN
      if (sentiment > 0) up++
      else if (sentiment < 0) down++
      sum += sentiment
    }
    const known = !Number.isNaN(sum)
    positive[i] = known ? up : Number.NaN
    negative[i] = known ? down : Number.NaN
    meanSentiment[i] = counted === 0 ? 0 : sum / counted
  }
  return { positive, negative, meanSentiment }
}

// Position of the copy before each article; -1 where there is none. Of the copies in one window the
// earliest counts, whatever was published before the window: no more history than the window matters.
function copiesBefore(ordered: readonly Article[]): Int32Array {
  const latest = new Map<string, number>()
  return Int32Array.from(ordered, ({ id }, k) => {
    const before = latest.get(id) ?? -1
    latest.set(id, k)
    return before
  })
}
