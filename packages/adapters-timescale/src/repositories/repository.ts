import { RalphError } from '@ralph-stock/core'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { StoreSchema } from '../schema.js'

/** Where a repository reads and writes: the store, or one transaction of it. */
export type Connection = Kysely<StoreSchema>

/** A page of a list. All when absent. */
export type Page = { readonly offset?: number; readonly limit?: number }

/**
 * What every repository can do with its table: rows in camelCase, one statement per call.
 *
 * `Row` describes a row as it is read; objects within it are stored as JSON.
 */
export class Repository<Row extends object> {
  protected readonly db: Connection
  protected readonly table: RawBuilder<unknown>
  readonly #name: string
  readonly #key: string

  /** @param key the column that names a row */
  constructor(db: Connection, table: string, key: string) {
    this.db = db
    this.table = sql.table(table)
    this.#name = table
    this.#key = key
  }

  /** The row with this key, or null. */
  async get(key: string | number): Promise<Row | null> {
    return this.one(sql`select * from ${this.table} where ${sql.ref(this.#key)} = ${key}`)
  }

  /**
   * The row with this key.
   *
   * @throws RalphError E_STORE_NOT_FOUND
   */
  async require(key: string | number): Promise<Row> {
    const row = await this.get(key)
    if (row !== null) return row
    throw new RalphError('E_STORE_NOT_FOUND', `${this.#name} has no ${this.#key} "${key}"`, {
      table: this.#name,
      key,
    })
  }

  /** All rows by key, or a page of them. */
  async list(page: Page = {}): Promise<Row[]> {
    return this.many(
      sql`select * from ${this.table} order by ${sql.ref(this.#key)} ${pageOf(page)}`,
    )
  }

  async count(): Promise<number> {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${this.table}`.execute(
      this.db,
    )
    return Number(rows[0]?.n ?? 0)
  }

  async exists(key: string | number): Promise<boolean> {
    const found =
      await sql`select 1 from ${this.table} where ${sql.ref(this.#key)} = ${key}`.execute(this.db)
    return found.rows.length > 0
  }

  /** Whether there was such a row. */
  async remove(key: string | number): Promise<boolean> {
    return (await this.run(sql`delete from ${this.table} where ${sql.ref(this.#key)} = ${key}`)) > 0
  }

  protected async many(query: RawBuilder<unknown>): Promise<Row[]> {
    const { rows } = await query.execute(this.db)
    return rows.map((row) => camelRow<Row>(row as Record<string, unknown>))
  }

  protected async one(query: RawBuilder<unknown>): Promise<Row | null> {
    return (await this.many(query))[0] ?? null
  }

  /** How many rows a statement changed. */
  protected async run(query: RawBuilder<unknown>): Promise<number> {
    return Number((await query.execute(this.db)).numAffectedRows ?? 0)
  }

  /**
   * Adds a row, or corrects the one with the same `conflict` columns.
   *
   * @returns the row as it is stored
   */
  protected async upsert(values: Partial<Row>, conflict: readonly string[]): Promise<Row> {
    const entries = Object.entries(values).filter(([, value]) => value !== undefined)
    const columns = entries.map(([name]) => snake(name))
    const fresh = columns.filter((name) => !conflict.includes(name))
    const onConflict =
      conflict.length === 0
        ? sql``
        : sql`on conflict (${sql.join(conflict.map((name) => sql.ref(name)))}) do update set
            ${sql.join(fresh.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`))}`
    const row = await this.one(sql`
      insert into ${this.table} (${sql.join(columns.map((name) => sql.ref(name)))})
      values (${sql.join(entries.map(([, value]) => stored(value)))})
      ${onConflict} returning *`)
    if (row === null) throw new RalphError('E_STORE_QUERY', `${this.#name} gave no row back`)
    return row
  }
}

/** SQL of a page. */
export function pageOf({ offset, limit }: Page): RawBuilder<unknown> {
  return sql`limit ${limit ?? null} offset ${offset ?? 0}`
}

/** Conditions joined by `and`; those that are null do not count. */
export function where(conditions: ReadonlyArray<RawBuilder<unknown> | null>): RawBuilder<unknown> {
  const given = conditions.filter((condition) => condition !== null)
  return given.length === 0 ? sql`` : sql`where ${sql.join(given, sql` and `)}`
}

/** A row with its columns' names in camelCase. */
export function camelRow<Row extends object>(row: Record<string, unknown>): Row {
  const result: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) result[camel(name)] = value
  // Sound as far as the repository's row type describes its table.
  return result as Row
}

const CAMEL = new Map<string, string>()

function camel(name: string): string {
  let known = CAMEL.get(name)
  if (known === undefined) {
    known = name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    CAMEL.set(name, known)
  }
  return known
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !(value instanceof Date)
    ? JSON.stringify(value)
    : value
}
