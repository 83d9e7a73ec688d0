import { sql } from 'kysely'
import { type Connection, type Page, pageOf, Repository, where } from './repository.js'

/** The result of one backtest. Rates are fractions of 1 but for the columns that say percent. */
export type BacktestResult = {
  readonly id: number
  readonly configName: string
  readonly backtestDate: string
  readonly totalTrades: number
  readonly winningTrades: number
  readonly losingTrades: number
  readonly winRate: number | null
  readonly totalReturnPct: number | null
  readonly maxDrawdownPct: number | null
  readonly sharpeRatio: number | null
  readonly avgReturnPerTrade: number | null
  readonly profitFactor: number | null
  readonly extraMetadata: unknown
  readonly createdAt: Date
}

/** A result to store. */
export type FreshBacktest = Pick<
  BacktestResult,
  'configName' | 'backtestDate' | 'totalTrades' | 'winningTrades' | 'losingTrades'
> &
  Partial<Omit<BacktestResult, 'id' | 'createdAt'>>

/** Figures over all results; null where there is none. */
export type BacktestSummary = {
  readonly totalBacktests: number
  readonly avgReturnPct: number | null
  readonly avgWinRate: number | null
  readonly bestReturnPct: number | null
  readonly worstReturnPct: number | null
  readonly avgSharpeRatio: number | null
  readonly avgMaxDrawdownPct: number | null
  readonly avgProfitFactor: number | null
}

/** Which results. All when empty. */
export type BacktestFilter = {
  readonly configName?: string
  readonly from?: string
  readonly to?: string
  /** Those that come after this one in the history. */
  readonly before?: { readonly date: string; readonly id: number }
}

/** Results of backtests. */
export class BacktestRepository extends Repository<BacktestResult> {
  constructor(db: Connection) {
    super(db, 'backtest_results', 'id')
  }

  async add(result: FreshBacktest): Promise<BacktestResult> {
    return this.upsert(result, [])
  }

  /** Newest first. */
  async history(filter: BacktestFilter = {}, page: Page = {}): Promise<BacktestResult[]> {
    return this.many(sql`select * from backtest_results ${filterOf(filter)}
      order by backtest_date desc, id desc ${pageOf(page)}`)
  }

  async best(configName?: string): Promise<BacktestResult | null> {
    return this.one(sql`select * from backtest_results ${filterOf(nameOf(configName))}
      order by total_return_pct desc nulls last, id desc limit 1`)
  }

  async summary(configName?: string): Promise<BacktestSummary> {
    const { rows } = await sql<
      Omit<BacktestSummary, 'totalBacktests'> & { totalBacktests: number }
    >`
      select count(*) as "totalBacktests", avg(total_return_pct) as "avgReturnPct",
        avg(win_rate) as "avgWinRate", max(total_return_pct) as "bestReturnPct",
        min(total_return_pct) as "worstReturnPct", avg(sharpe_ratio) as "avgSharpeRatio",
        avg(max_drawdown_pct) as "avgMaxDrawdownPct", avg(profit_factor) as "avgProfitFactor"
      from backtest_results ${filterOf(nameOf(configName))}`.execute(this.db)
    const [row] = rows
    if (row === undefined) throw new Error('an aggregate gave no row')
    return row
  }

  async byConfigAndDate(configName: string, date: string): Promise<BacktestResult | null> {
    return this.one(sql`select * from backtest_results
      where config_name = ${configName} and backtest_date = ${date} order by id desc limit 1`)
  }

  /** How many were removed. */
  async removeByConfigAndDate(configName: string, date: string): Promise<number> {
    return this.run(sql`delete from backtest_results
      where config_name = ${configName} and backtest_date = ${date}`)
  }

  /** Names of the configurations that have a result. */
  async configs(): Promise<string[]> {
    const { rows } = await sql<{ config_name: string }>`select distinct config_name
      from backtest_results order by config_name`.execute(this.db)
    return rows.map((row) => row.config_name)
  }
}

function nameOf(configName: string | undefined): BacktestFilter {
  return configName === undefined ? {} : { configName }
}

function filterOf({ configName, from, to, before }: BacktestFilter) {
  return where([
    configName === undefined ? null : sql`config_name = ${configName}`,
    from === undefined ? null : sql`backtest_date >= ${from}`,
    to === undefined ? null : sql`backtest_date <= ${to}`,
    before === undefined
      ? null
      : sql`(backtest_date, id) < (${before.date}::date, ${before.id}::integer)`,
  ])
}
