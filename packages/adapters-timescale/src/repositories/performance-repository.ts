import { RalphError } from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'
import { tablesOf } from '../signals/signal-query.js'
import { type Connection, where } from './repository.js'
import type { Signal } from './signal-repository.js'

/** Which closed signals: of a strategy, a stock, or exit dates (both included). */
export type PerformanceFilter = {
  readonly strategyId?: string
  readonly ticker?: string
  readonly from?: string
  readonly to?: string
}

/** One date of an equity curve: returns as fractions. */
export type DailyReturn = {
  readonly date: string
  /** Mean of the signals that ended on the date; 0 where none did. */
  readonly dailyReturn: number
  readonly cumulativeReturn: number
}

/**
 * What the signals of a filter came to. Fractions; null where no signal has ended. A signal that ended
 * without having been entered was no position and is not counted.
 */
export type SignalPerformance = {
  readonly totalSignals: number
  readonly closedSignals: number
  readonly winRate: number | null
  readonly avgReturn: number | null
  readonly bestReturn: number | null
  readonly worstReturn: number | null
}

/** The same with its course. */
export type PeriodPerformance = SignalPerformance & {
  readonly from: string
  readonly to: string
  readonly cumulativeReturn: number | null
  /** Largest fall from a high, as a fraction <= 0. */
  readonly maxDrawdown: number | null
  readonly sharpeRatio: number | null
}

const TRADING_DAYS = 252

/**
 * What signals came to, from the exits that were stored: a return counts on the date on which it was
 * made, and sessions without an exit count as 0.
 */
export class PerformanceRepository {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** A date for every session from the first exit to the last; empty when nothing ended. */
  async cumulativeReturn(filter: PerformanceFilter = {}): Promise<DailyReturn[]> {
    const { rows } = await sql<{ date: string; value: number }>`
      with exits as (
        select exit_date as date, avg(return_rate) as value from ${positions(filter)} s
        where exit_date is not null group by exit_date
      ), sessions as (
        select distinct date from index_bars
        where date between (select min(date) from exits) and (select max(date) from exits)
        union select date from exits
      )
      select date, coalesce(value, 0) as value from sessions left join exits using (date)
      order by date`.execute(this.#db)
    let growth = 1
    return rows.map(({ date, value }) => {
      growth *= 1 + value
      return { date, dailyReturn: value, cumulativeReturn: growth - 1 }
    })
  }

  async signalPerformance(filter: PerformanceFilter = {}): Promise<SignalPerformance> {
    const { rows } = await sql<SignalPerformance>`
      select count(*) as "totalSignals", count(exit_date) as "closedSignals",
        avg((return_rate > 0)::int::double precision) as "winRate", avg(return_rate) as "avgReturn",
        max(return_rate) as "bestReturn", min(return_rate) as "worstReturn"
      from ${positions(filter)} s`.execute(this.#db)
    const [row] = rows
    if (row === undefined) throw new RalphError('E_STORE_QUERY', 'an aggregate gave no row')
    return row
  }

  /**
   * Mean over deviation of the daily returns, a year's worth; null with fewer than two sessions or no
   * deviation.
   *
   * @param riskFreeRate yearly, as a fraction
   */
  async sharpeRatio(filter: PerformanceFilter = {}, riskFreeRate = 0.02): Promise<number | null> {
    return sharpe(await this.cumulativeReturn(filter), riskFreeRate)
  }

  /** Both dates included. */
  async byPeriod(
    period: { readonly from: string; readonly to: string },
    strategyId?: string,
  ): Promise<PeriodPerformance> {
    const filter = { ...period, ...(strategyId === undefined ? {} : { strategyId }) }
    const performance = await this.signalPerformance(filter)
    const course = await this.cumulativeReturn(filter)
    return {
      ...performance,
      ...period,
      cumulativeReturn: course.at(-1)?.cumulativeReturn ?? null,
      maxDrawdown: drawdown(course),
      sharpeRatio: sharpe(course, 0.02),
    }
  }

  /** Best first. */
  async topPerformers(
    limit = 10,
    filter: PerformanceFilter = {},
  ): Promise<
    Array<
      Pick<Signal, 'ticker' | 'name' | 'strategyId' | 'signalDate' | 'entryPrice' | 'exitPrice'> & {
        readonly returnRate: number
      }
    >
  > {
    const { rows } = await sql<
      Pick<Signal, 'ticker' | 'name' | 'strategyId' | 'signalDate' | 'entryPrice' | 'exitPrice'> & {
        readonly returnRate: number
      }
    >`select ticker, name, strategy_id as "strategyId", signal_date as "signalDate",
        coalesce(fill_price, entry_price) as "entryPrice", exit_price as "exitPrice", return_rate as "returnRate"
      from ${positions(filter)} s where return_rate is not null
      order by return_rate desc, id, strategy_id limit ${limit}`.execute(this.#db)
    return rows
  }
}

/** The rows of a filter from the table of its strategy, or from both. */
function positions(filter: PerformanceFilter): RawBuilder<unknown> {
  // An open signal has no exit: it belongs to the dates on which it was given.
  const date = sql`coalesce(s.exit_date, s.signal_date)`
  const conditions = where([
    sql`(s.exit_date is null or s.return_rate is not null)`,
    filter.strategyId === undefined ? null : sql`s.strategy_id = ${filter.strategyId}`,
    filter.ticker === undefined ? null : sql`s.ticker = ${filter.ticker}`,
    filter.from === undefined ? null : sql`${date} >= ${filter.from}`,
    filter.to === undefined ? null : sql`${date} <= ${filter.to}`,
  ])
  const parts = tablesOf(filter.strategyId).map(
    (table) => sql`select id, strategy_id, ticker, name, signal_date, entry_price, fill_price,
      exit_date, exit_price, return_rate from ${sql.table(table)} s ${conditions}`,
  )
  return sql`(${sql.join(parts, sql` union all `)})`
}

function sharpe(course: readonly DailyReturn[], riskFreeRate: number): number | null {
  if (course.length < 2) return null
  const excess = course.map(({ dailyReturn }) => dailyReturn - riskFreeRate / TRADING_DAYS)
  const mean = excess.reduce((sum, value) => sum + value, 0) / excess.length
  const squares = excess.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (excess.length - 1))
  return deviation === 0 ? null : (mean / deviation) * Math.sqrt(TRADING_DAYS)
}

function drawdown(course: readonly DailyReturn[]): number | null {
  if (course.length === 0) return null
  let high = 1
  let worst = 0
  for (const { cumulativeReturn } of course) {
    const growth = 1 + cumulativeReturn
    high = Math.max(high, growth)
    worst = Math.min(worst, growth / high - 1)
  }
  return worst
}
