/**
 * Every error code of every package, with what it means. Codes are stable and never reused.
 * `docs/errors.md` is made from this table.
 */
export const ERROR_CODES = {
  // Values and options
  E_PARAM_RANGE: 'A parameter or option is outside what it accepts.',
  E_OPTIONS_INVALID: 'The options of a strategy or plugin do not pass its validator.',
  E_DATE_INVALID: 'A date is not a calendar day written YYYY-MM-DD.',
  E_PRICE_INVALID: 'A price is not a positive finite number.',

  // Bars and series
  E_BARS_UNSORTED: 'Bars are not in ascending order of their trade dates.',
  E_BARS_DUPLICATE: 'Two bars of one stock carry the same trade date.',
  E_BARS_SHAPE: 'The columns of a series differ in length, or a required one is absent.',
  E_BARS_VALUE: 'A bar holds a value that no market can print: negative, infinite or not a number.',

  // Strategies and columns
  E_STRATEGY_POINTS: 'The points of the criteria do not sum to the maximum of the strategy.',
  E_STRATEGY_DUPLICATE_ID: 'Two criteria, groups or strategies share one id.',
  E_STRATEGY_ID: 'An id is not a stable machine string (lower case, digits, dots and hyphens).',
  E_STRATEGY_API_VERSION: 'A plugin was written for a contract version that is not supported.',
  E_STRATEGY_GRADES: 'Grades are not in descending order of distinct thresholds.',
  E_STRATEGY_LOOKBACK: 'The inputs need more bars than the lookback that the strategy declares.',
  E_STRATEGY_UNKNOWN: 'No strategy has this id.',
  E_INPUT_INVALID: 'A declared input is not a column, or its name is not a plain identifier.',
  E_INPUT_UNDECLARED: 'A criterion read an input that it did not declare.',
  E_INPUT_UNBOUNDED: 'A criterion reads a recursive column, whose value depends on all history.',
  E_INPUT_CROSS_SECTION:
    'A cross-section is nested in another column, where it cannot be computed.',
  E_CRITERION_POINTS: 'A criterion returned points that are not within its bounds.',

  // Ticks: given as results of a live scorer, thrown only by peek
  E_TICK_UNKNOWN_STOCK: 'A tick is of a stock that the market does not hold.',
  E_TICK_VALUE: 'A tick has a price that is not above 0, or a volume below 0.',
  E_TICK_BEYOND_LIMIT: "A tick's price is beyond the price limits of the day.",
  E_TICK_NO_SESSION: 'A tick is dated on a day without a session.',
  E_TICK_OUT_OF_ORDER: 'A later tick of the stock was taken before, or its volume shrank.',
  E_TICK_DUPLICATE: 'The same tick was taken already.',

  // Markets, dates and stocks
  E_STOCK_UNKNOWN: 'No stock has this ticker.',
  E_STOCK_DUPLICATE: 'A market holds one ticker twice.',
  E_SESSION_NONE: 'The market was closed on this date, or the data do not reach it.',
  E_MARKET_NEEDED: 'A strategy about the whole market was asked about one series.',
} as const

/** A stable error code. */
export type ErrorCode = keyof typeof ERROR_CODES
