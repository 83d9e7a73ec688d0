import { RalphError, type ScoreCard, type SignalQuery } from '@ralph-stock/core'
import { type RawBuilder, sql } from 'kysely'
import { conditionsOf, NEWEST_FIRST, newestOf, tablesOf } from '../signals/signal-query.js'
import type { Connection } from './repository.js'

/**
 * A signal as a list shows it, named as its columns are: lists are read far more often than anything
 * else, so no row is made over. KRW; `return_rate` is a fraction, dates are YYYY-MM-DD, and instants
 * are ISO texts, UTC.
 */
export type ListedSignal = {
  readonly id: number
  readonly strategy_id: string
  readonly strategy_version: string
  readonly ticker: string
  readonly name: string
  readonly market: string
  /** What the stock's sector is today. */
  readonly sector: string | null
  readonly signal_date: string
  readonly status: 'OPEN' | 'CLOSED'
  readonly score: number
  readonly max_score: number
  readonly coverage: number
  readonly grade: string
  /** What was paid; what is planned while it waits for its entry. */
  readonly entry_price: number | null
  readonly target_price: number | null
  readonly stop_price: number | null
  readonly quantity: number | null
  readonly entered: boolean
  readonly entry_date: string | null
  readonly entry_time: string | null
  readonly exit_date: string | null
  readonly exit_time: string | null
  readonly exit_price: number | null
  readonly exit_reason: string | null
  readonly return_rate: number | null
  /** The lines of its card in short: JSON of a list of `{ id, outcome, points, max_points }`. */
  readonly criteria: string
  readonly created_at: string
  readonly updated_at: string
  /** Only where asked for. */
  readonly card?: ScoreCard
}

/** Which signals, and whether their whole cards come with them. */
export type SignalListQuery = SignalQuery & { readonly cards?: boolean }

/**
 * What signals came to. Rates are fractions, over those that were entered and have ended; null where
 * there is none.
 */
export type SignalTotals = {
  readonly total: number
  readonly open: number
  readonly closed: number
  /** How many of the closed had been entered. */
  readonly returns: number
  readonly avgReturn: number | null
  readonly winRate: number | null
  /** What was won over what was lost; null where nothing was lost. */
  readonly profitFactor: number | null
}

const TOTALS = sql`count(*) as total, count(*) filter (where status = 'OPEN') as open,
  count(*) filter (where status = 'CLOSED') as closed, count(return_rate) as returns,
  avg(return_rate) as "avgReturn",
  avg((return_rate > 0)::int::double precision) as "winRate",
  sum(return_rate) filter (where return_rate > 0)
    / nullif(- sum(return_rate) filter (where return_rate < 0), 0) as "profitFactor"`

const BEST_FIRST = sql`score desc, signal_date desc, id desc, strategy_id desc`

// Made as text by the database, and passed on as it is: who reads a list needs no object of a line.
// Ids and outcomes are plain words, so nothing in them has to be escaped.
const LINES = sql`(select coalesce('[' || string_agg('{"id":"' || c.id || '","outcome":"' || c.outcome
    || '","points":' || coalesce(c.points, 'null') || ',"max_points":' || c."maxPoints" || '}', ',')
    || ']', '[]')
  from jsonb_to_recordset(p.card -> 'criteria')
    as c(id text, outcome text, points text, "maxPoints" text))`

/** A column that holds an instant as ISO text, whatever the time zone of the connection. */
function instant(column: string): RawBuilder<unknown> {
  const name = sql.ref(`p.${column}`)
  return sql`replace((${name} at time zone 'UTC')::text, ' ', 'T') || 'Z' as ${sql.ref(column)}`
}

/** Signals of every strategy as lists show them: one statement each. */
export class SignalListRepository {
  readonly #db: Connection

  constructor(db: Connection) {
    this.#db = db
  }

  /** Newest first; the next page begins `before` the last signal of this one. */
  async newest(query: SignalListQuery = {}): Promise<ListedSignal[]> {
    return this.#list(newestOf(query, sql`s.*`), NEWEST_FIRST, query.cards === true)
  }

  /** Best score first. Scores of different strategies have different scales: ask for one of them. */
  async best(query: SignalListQuery = {}): Promise<ListedSignal[]> {
    const limit = query.limit === undefined ? sql`` : sql`limit ${query.limit}`
    const parts = eachTable(query, sql`s.*`, sql`order by ${BEST_FIRST} ${limit}`)
    const rows = sql`select u.* from (${parts}) u order by ${BEST_FIRST} ${limit}`
    return this.#list(rows, BEST_FIRST, query.cards === true)
  }

  async totals(query: SignalQuery = {}): Promise<SignalTotals> {
    const { rows } = await sql<SignalTotals>`select ${TOTALS}
      from (${eachTable(query, sql`s.status, s.return_rate`, sql``)}) p`.execute(this.#db)
    const [row] = rows
    if (row === undefined) throw new RalphError('E_STORE_QUERY', 'an aggregate gave no row')
    return row
  }

  /** The totals of each strategy that has a signal, by its id. */
  async totalsByStrategy(query: SignalQuery = {}): Promise<ReadonlyMap<string, SignalTotals>> {
    const { rows } = await sql<SignalTotals & { readonly id: string }>`
      select strategy_id as id, ${TOTALS}
      from (${eachTable(query, sql`s.strategy_id, s.status, s.return_rate`, sql``)}) p
      group by strategy_id`.execute(this.#db)
    return new Map(rows.map(({ id, ...totals }) => [id, totals]))
  }

  /** Dates with a signal and how many it has, newest first. */
  async dates(
    query: SignalQuery = {},
  ): Promise<Array<{ readonly date: string; readonly signals: number }>> {
    const { rows } = await sql<{ date: string; signals: number }>`
      select signal_date as date, count(*) as signals
      from (${eachTable(query, sql`s.signal_date`, sql``)}) p
      group by signal_date order by signal_date desc limit ${query.limit ?? null}`.execute(this.#db)
    return rows
  }

  async #list(
    page: RawBuilder<unknown>,
    order: RawBuilder<unknown>,
    cards: boolean,
  ): Promise<ListedSignal[]> {
    const { rows } = await sql<ListedSignal>`
      select p.id, p.strategy_id, p.strategy_version, p.ticker, p.name, p.market, k.sector,
        p.signal_date, p.status, p.score, p.max_score, p.coverage, p.grade,
        coalesce(p.fill_price, p.entry_price) as entry_price, p.target_price, p.stop_price,
        p.quantity, p.entry_date is not null as entered, p.entry_date,
        ${instant('entry_time')}, p.exit_date, ${instant('exit_time')}, p.exit_price, p.exit_reason, p.return_rate, ${LINES} as criteria,
        ${instant('created_at')}, ${instant('updated_at')} ${cards ? sql`, p.card` : sql``}
      from (${page}) p left join stocks k on k.ticker = p.ticker
      order by ${order}`.execute(this.#db)
    return rows
  }
}

function eachTable(
  query: SignalQuery,
  columns: RawBuilder<unknown>,
  end: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const parts = tablesOf(query.strategyId).map(
    (table) => sql`(select ${columns} from ${sql.table(table)} s ${conditionsOf(query)} ${end})`,
  )
  return sql.join(parts, sql` union all `)
}
