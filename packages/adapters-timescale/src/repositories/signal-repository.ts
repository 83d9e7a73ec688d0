import {
  RalphError,
  type SavedScan,
  type ScoreCard,
  type SignalExit,
  type SignalQuery,
} from '@ralph-stock/core'
import { sql } from 'kysely'
import { conditionsOf, type SignalTable } from '../signals/signal-query.js'
import { addedSignal, CARD_COLUMNS, freshRow, type ScanEntry } from '../signals/signal-row.js'
import { type Connection, type Page, pageOf, Repository } from './repository.js'

/** OPEN until its target, its stop or its time is reached. */
export type SignalStatus = 'OPEN' | 'CLOSED'

/** A card that passed its strategy's screen, with its life. Prices are KRW, `returnRate` a fraction. */
export type Signal = {
  readonly id: number
  readonly scanId: number
  readonly strategyId: string
  readonly strategyVersion: string
  readonly ticker: string
  readonly name: string
  readonly market: string
  /** YYYY-MM-DD. */
  readonly signalDate: string
  readonly status: SignalStatus
  readonly score: number
  readonly maxScore: number
  readonly coverage: number
  readonly grade: string
  /** What the plan says. */
  readonly entryPrice: number | null
  /** Of the plan, until a later open fills it: then of the fill. */
  readonly targetPrice: number | null
  readonly stopPrice: number | null
  /** Shares. */
  readonly quantity: number | null
  readonly card: ScoreCard
  /** Null while it waits for the next open. */
  readonly entryDate: string | null
  /** When it was entered live. */
  readonly entryTime: Date | null
  /** What was paid. */
  readonly fillPrice: number | null
  readonly exitDate: string | null
  /** When it was closed live. */
  readonly exitTime: Date | null
  readonly exitPrice: number | null
  readonly exitReason: string | null
  readonly returnRate: number | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A signal with what its stock is today. */
export type SignalWithStock = Signal & {
  readonly sector: string | null
  readonly marketCap: number | null
}

/** Which signals. All when empty. */
export type SignalFilter = Omit<SignalQuery, 'limit' | 'before'>

/** Signals of all strategies but those of the day trade, which has a table of its own. */
export class SignalRepository extends Repository<Signal> {
  readonly #table: string

  constructor(db: Connection, table: SignalTable = 'signals') {
    super(db, table, 'id')
    this.#table = table
  }

  /** Newest first, with their stocks, in one statement. */
  async latest(limit = 20, filter: SignalFilter = {}): Promise<SignalWithStock[]> {
    // Sound: the rows carry two columns of their stocks.
    return this.many(sql`select s.*, k.sector, k.market_cap
      from ${this.table} s left join stocks k on k.ticker = s.ticker
      ${conditionsOf(filter)} order by s.signal_date desc, s.id desc limit ${limit}`) as Promise<
      SignalWithStock[]
    >
  }

  /** Best first. */
  async top(limit = 20, filter: SignalFilter = {}): Promise<Signal[]> {
    return this.many(sql`select s.* from ${this.table} s ${conditionsOf(filter)}
      order by s.score desc, s.signal_date desc, s.ticker limit ${limit}`)
  }

  /** Newest first. */
  async find(filter: SignalFilter, page: Page = {}): Promise<Signal[]> {
    return this.many(sql`select s.* from ${this.table} s ${conditionsOf(filter)}
      order by s.signal_date desc, s.id desc ${pageOf(page)}`)
  }

  async countOf(filter: SignalFilter): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${this.table} s
      ${conditionsOf(filter)}`.execute(this.db)
    return Number(rows[0]?.n ?? 0)
  }

  /** Open signals whose stock foreigners and institutions both bought on each of the last 5 days. */
  async doubleBuy(limit = 20): Promise<Signal[]> {
    return this.many(sql`select s.* from ${this.table} s cross join lateral (
        select count(*) as days, bool_and(
          coalesce(f.foreign_net_buy_amount, f.foreign_net_buy) > 0
          and coalesce(f.inst_net_buy_amount, f.inst_net_buy) > 0) as bought
        from (select * from institutional_flows i
          where i.ticker = s.ticker and i.date <= s.signal_date order by i.date desc limit 5) f
      ) flow
      where s.status = 'OPEN' and flow.days = 5 and flow.bought
      order by s.score desc, s.ticker limit ${limit}`)
  }

  /** Signals of a date by strategy and grade. */
  async summaryByDate(
    date: string,
  ): Promise<
    Array<{ readonly strategyId: string; readonly grade: string; readonly signals: number }>
  > {
    const { rows } = await sql<{ strategy_id: string; grade: string; n: number }>`
      select strategy_id, grade, count(*) as n from ${this.table}
      where signal_date = ${date} group by strategy_id, grade order by strategy_id, grade`.execute(
      this.db,
    )
    return rows.map(({ strategy_id, grade, n }) => ({
      strategyId: strategy_id,
      grade,
      signals: Number(n),
    }))
  }

  /**
   * Closes an open signal.
   *
   * @param strategyId whose signal it must be; any strategy's unless told
   * @throws RalphError E_STORE_NOT_FOUND when there is no such open signal
   */
  async close(id: number, exit: SignalExit, strategyId?: string): Promise<Signal> {
    const theirs = strategyId === undefined ? sql`` : sql`and strategy_id = ${strategyId}`
    const closed = await this.one(sql`update ${this.table} set status = 'CLOSED',
        exit_date = ${exit.exitDate}, exit_price = ${exit.exitPrice}, exit_reason = ${exit.reason},
        return_rate = ${exit.returnRate}, updated_at = now(),
        exit_time = ${exit.at === null ? null : new Date(exit.at).toISOString()}
      where id = ${id} and status = 'OPEN' ${theirs} returning *`)
    if (closed !== null) return closed
    throw new RalphError('E_STORE_NOT_FOUND', `${this.#table} has no open signal ${id}`, { id })
  }

  async removeByDate(date: string): Promise<number> {
    return this.run(sql`delete from ${this.table} where signal_date = ${date}`)
  }

  /**
   * Writes the cards of a scan as signals: two statements, however many. Use it in a transaction (the
   * store's `saveScan` does): one open signal per stock and strategy, the same scan twice adds nothing.
   */
  async add(
    scanId: number,
    cards: readonly ScoreCard[],
    entry: ScanEntry = {},
  ): Promise<SavedScan> {
    if (cards.length === 0) return { scanId, added: 0, corrected: 0, kept: 0, signals: [] }
    // One scan at a time decides which signals are open.
    await sql`select pg_advisory_xact_lock(hashtext(${`ralph-stock ${this.#table} `} || current_schema()))`.execute(
      this.db,
    )
    const given = JSON.stringify(cards.map((card) => freshRow(card, entry)))
    const live = entry.enteredAt !== undefined
    const { rows } = await sql<{ added: readonly AddedRow[] | null; corrected: number }>`
      with given as (
        select * from json_to_recordset(${given}::json) as g(
          strategy_id text, strategy_version text, ticker text, name text, market text,
          signal_date date, score double precision, max_score double precision,
          coverage double precision, grade text, entry_price double precision,
          target_price double precision, stop_price double precision, quantity double precision,
          card jsonb, entry_date date, entry_time timestamptz, fill_price double precision)
      ), corrected as (
        update ${this.table} s set ${sql.join(CARD_COLUMNS.map((name) => sql`${sql.ref(name)} = ${sql.ref(`g.${name}`)}`))},
          scan_id = ${scanId}::integer, updated_at = now()
        from given g
        where s.strategy_id = g.strategy_id and s.ticker = g.ticker
          and s.signal_date = g.signal_date and s.status = 'OPEN' and s.card is distinct from g.card
          and not ${live}::boolean and s.entry_time is null
          and (s.entry_date is null or s.entry_date = s.signal_date)
        returning 1
      ), added as (
        insert into ${this.table} (scan_id, strategy_id, ticker, signal_date, ${sql.join(CARD_COLUMNS.map((name) => sql.ref(name)))})
        select ${scanId}::integer, g.strategy_id, g.ticker, g.signal_date, ${sql.join(CARD_COLUMNS.map((name) => sql.ref(`g.${name}`)))}
        from given g
        where not exists (select from ${this.table} s where s.strategy_id = g.strategy_id
          and s.ticker = g.ticker and (s.status = 'OPEN' or s.signal_date = g.signal_date))
        returning id, strategy_id, ticker, floor(extract(epoch from created_at) * 1000) as ms
      )
      select (select json_agg(json_build_array(strategy_id, ticker, id, ms)) from added) as added,
        (select count(*) from corrected) as corrected`.execute(this.db)
    const added = new Map(
      (rows[0]?.added ?? []).map(([strategyId, ticker, id, createdAt]) => [
        `${strategyId} ${ticker}`,
        { id, createdAt },
      ]),
    )
    const signals = cards.flatMap((card) => {
      const row = added.get(`${card.strategyId} ${card.ticker}`)
      return row === undefined ? [] : [addedSignal(card, entry, row)]
    })
    const corrected = Number(rows[0]?.corrected ?? 0)
    const kept = cards.length - added.size - corrected
    return { scanId, added: added.size, corrected, kept, signals }
  }
}

type AddedRow = readonly [strategyId: string, ticker: string, id: number, createdAt: number]
