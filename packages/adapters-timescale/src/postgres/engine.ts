import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { types } from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import {
  type Engine,
  type PoolState,
  type Session,
  type StatementListener,
  told,
} from '../engine.js'
import { storeError } from '../errors.js'
import type { StoreSchema } from '../schema.js'

const DATE = 1082
const INT8 = 20

const MOST_PREPARED = 200
const CACHED_PLAN = '0A000'

// Dates stay text: a `Date` would bring a time zone into them. Counts fit a number.
const PARSERS = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (oid === DATE) return (value) => value
    if (oid === INT8) return Number
    return types.getTypeParser(oid, format as 'text')
  },
}

/** PostgreSQL through a pool of `pg`. */
export class PostgresEngine implements Engine {
  readonly db: Kysely<StoreSchema>
  readonly #pool: Pool
  readonly #ownsPool: boolean
  readonly #where: string
  readonly #onStatement: StatementListener
  readonly #names = new Map<string, string>()
  readonly #heard = new WeakSet<PoolClient>()
  #closed = false

  constructor(pool: Pool, ownsPool: boolean, where: string, onStatement: StatementListener) {
    this.#pool = pool
    this.#ownsPool = ownsPool
    this.#where = where
    this.#onStatement = onStatement
    // A connection that dies is replaced by the pool; without listeners its death would end the process.
    pool.on('error', ignore)
    this.db = this.#kyselyOn(async () => {
      const client = await this.#connect()
      return { client, release: (error) => client.release(error) }
    }, true)
  }

  async transaction<T>(
    work: (session: Session) => Promise<T>,
    mode: 'read' | 'write' = 'write',
  ): Promise<T> {
    const client = await this.#connect()
    let broken = false
    const onError = (): void => {
      broken = true
    }
    client.on('error', onError)
    try {
      await client.query(
        mode === 'read' ? 'begin isolation level repeatable read read only' : 'begin',
      )
      const result = await work(this.#session(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch(onError)
      throw storeError(error, this.#where)
    } finally {
      client.off('error', onError)
      client.release(broken)
    }
  }

  pool(): PoolState {
    const { totalCount, idleCount, waitingCount } = this.#pool
    return { total: totalCount, idle: idleCount, waiting: waitingCount }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // Connections may yet die while they say goodbye.
    if (this.#ownsPool) await this.#pool.end()
    else this.#pool.off('error', ignore)
  }

  async #connect(): Promise<PoolClient> {
    try {
      const client = await this.#pool.connect()
      // The pool hears those that rest; nobody hears one that is taken and has nothing to do.
      if (!this.#heard.has(client)) client.on('error', ignore)
      this.#heard.add(client)
      return client
    } catch (error) {
      throw storeError(error, this.#where)
    }
  }

  async #run(
    client: PoolClient,
    text: string,
    values: readonly unknown[],
    prepare: boolean,
  ): Promise<unknown> {
    const query = { text, values: [...values], types: PARSERS }
    const name = prepare ? this.#nameOf(text) : undefined
    if (name === undefined) return client.query(query)
    try {
      return await client.query({ ...query, name })
    } catch (error) {
      // A migration of another process gave the rows another shape.
      if ((error as { code?: unknown }).code !== CACHED_PLAN) throw error
      return client.query(query)
    }
  }

  // A named statement is parsed and planned once per connection. Lists of values vary in length, so the
  // number of names is limited.
  #nameOf(text: string): string | undefined {
    const known = this.#names.get(text)
    if (known !== undefined || this.#names.size >= MOST_PREPARED) return known
    const name = `ralph_${createHash('sha1').update(text).digest('hex').slice(0, 20)}`
    this.#names.set(text, name)
    return name
  }

  #session(client: PoolClient): Session {
    return {
      db: this.#kyselyOn(async () => ({ client, release: ignore })),
      copyIn: async (target, chunks) => {
        const statement = `copy ${target} from stdin with (format binary)`
        const source = Readable.from(chunks, { objectMode: false })
        await told(this.#onStatement, statement, [], () =>
          pipeline(source, client.query(copyFrom(statement))),
        )
      },
      copyOut: async (select, onPiece) => {
        const statement = `copy (${select}) to stdout with (format binary)`
        // A COPY cannot be left half-way: what `onPiece` throws waits until the rest has come.
        let failure: { readonly error: unknown } | null = null
        await told(this.#onStatement, statement, [], () => {
          const stream = client.query(copyTo(statement))
          stream.on('data', (piece: Uint8Array) => {
            try {
              if (failure === null) onPiece(piece)
            } catch (error) {
              failure = { error }
            }
          })
          return finished(stream)
        })
        if (failure !== null) throw (failure as { readonly error: unknown }).error
      },
    }
  }

  #kyselyOn(
    connect: () => Promise<{
      readonly client: PoolClient
      readonly release: (error?: boolean) => void
    }>,
    prepare = false,
  ): Kysely<StoreSchema> {
    const pool = {
      options: {},
      end: () => Promise.resolve(),
      connect: async (): Promise<PostgresPoolClient> => {
        const { client, release } = await connect()
        let broken = false
        const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
          try {
            return await told(this.#onStatement, text, values, () =>
              this.#run(client, text, values, prepare),
            )
          } catch (error) {
            const translated = storeError(error, this.#where)
            broken = translated.code === 'E_STORE_CONNECTION'
            throw translated
          }
        }
        // Sound: Kysely calls `query` with text and values only, as no cursor is configured.
        return { query: query as PostgresPoolClient['query'], release: () => release(broken) }
      },
    }
    return new Kysely<StoreSchema>({ dialect: new PostgresDialect({ pool }) })
  }
}

function ignore(): void {}
