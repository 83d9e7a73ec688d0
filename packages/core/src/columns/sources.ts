import { type Column, sourceColumn } from './column.js'

/**
 * The bars of the stock itself. Prices are KRW as the series is adjusted, `volume` is shares and
 * `tradedValue` is KRW (close x volume where the source has none).
 */
export const bars: {
  readonly open: Column
  readonly high: Column
  readonly low: Column
  readonly close: Column
  readonly volume: Column
  readonly tradedValue: Column
} = {
  open: sourceColumn('bars.open'),
  high: sourceColumn('bars.high'),
  low: sourceColumn('bars.low'),
  close: sourceColumn('bars.close'),
  volume: sourceColumn('bars.volume'),
  tradedValue: sourceColumn('bars.tradedValue'),
}

/** Net buying on the bar's date, KRW; missing where the source has none. */
export const flows: { readonly foreign: Column; readonly institution: Column } = {
  foreign: sourceColumn('flows.foreign'),
  institution: sourceColumn('flows.institution'),
}

/**
 * Analysed articles published from 00:00 KST seven days before the bar's date to the decision time.
 * Missing without a news source, or while an article of the window could not be analysed.
 */
export const news: {
  readonly positive: Column
  readonly negative: Column
  readonly meanSentiment: Column
} = {
  /** How many articles are positive. */
  positive: sourceColumn('news.positive'),
  /** How many articles are negative. */
  negative: sourceColumn('news.negative'),
  /** Mean sentiment over all articles, in [-1, 1]; 0 when there is none. */
  meanSentiment: sourceColumn('news.meanSentiment'),
}

/**
 * Where the bar stands in the market's calendar: the difference of two values is the number of
 * sessions between the bars, halts of the stock included.
 */
export const sessions: { readonly ordinal: Column } = {
  ordinal: sourceColumn('sessions.ordinal'),
}

/** The columns of an index, aligned to the dates of the subject's bars. */
export type IndexColumns = {
  readonly open: Column
  readonly high: Column
  readonly low: Column
  readonly close: Column
  readonly volume: Column
  readonly tradedValue: Column
}

/**
 * An index of the market, on the dates of the subject's bars.
 *
 * @example change(index('KOSPI').close, 1)
 */
export function index(name: string): IndexColumns {
  const column = (field: string): Column => sourceColumn(`index.${name}.${field}`)
  return {
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    volume: column('volume'),
    tradedValue: column('tradedValue'),
  }
}

/** A column of your own data, stored in the series under this name. */
export function source(name: string): Column {
  return sourceColumn(name)
}
