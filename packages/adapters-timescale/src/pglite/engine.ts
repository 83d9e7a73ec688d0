import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, PGliteDialect, type PGliteDialectConfig } from 'kysely'
import type { Engine, Session, StatementListener } from '../engine.js'
import { storeError } from '../errors.js'
import type { StoreSchema } from '../schema.js'

type Queryable = Pick<PGlite, 'query'>
type DialectPGlite = Exclude<PGliteDialectConfig['pglite'], (...args: never[]) => unknown>

/** Opens PGlite in a folder; `where` names it in errors. The folder is the caller's to lock. */
export async function openPGlite(
  folder: string,
  where: string,
  onStatement: StatementListener,
): Promise<Engine> {
  let pglite: PGlite
  try {
    pglite = await PGlite.create({
      dataDir: folder,
      // Dates stay text: a `Date` would bring a time zone into them.
      parsers: { [types.DATE]: (value) => value, [types.INT8]: (value) => Number(value) },
    })
  } catch (error) {
    throw storeError(error, where)
  }
  return new PGliteEngine(pglite, where, onStatement)
}

class PGliteEngine implements Engine {
  readonly db: Kysely<StoreSchema>
  readonly #pglite: PGlite
  readonly #where: string
  readonly #onStatement: StatementListener

  constructor(pglite: PGlite, where: string, onStatement: StatementListener) {
    this.#pglite = pglite
    this.#where = where
    this.#onStatement = onStatement
    this.db = this.#kyselyOn(pglite)
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    try {
      // PGlite itself lets one transaction run at a time and holds other statements back meanwhile.
      return await this.#pglite.transaction(async (tx) =>
        work({
          db: this.#kyselyOn(tx),
          copyIn: async (target, chunks) => {
            const statement = `copy ${target} from '/dev/blob' with (format binary)`
            this.#onStatement(statement, [])
            await tx.query(statement, [], { blob: new Blob([...chunks]) })
          },
          copyOut: async (select, onPiece) => {
            const statement = `copy (${select}) to '/dev/blob' with (format binary)`
            this.#onStatement(statement, [])
            const { blob } = await tx.query(statement)
            if (blob !== undefined) onPiece(new Uint8Array(await blob.arrayBuffer()))
          },
        }),
      )
    } catch (error) {
      throw storeError(error, this.#where)
    }
  }

  async close(): Promise<void> {
    if (!this.#pglite.closed) await this.#pglite.close()
  }

  // Kysely's own transactions on PGlite share one connection with everything else that runs, so a
  // session never begins one: it is handed the transaction as if it were the database.
  #kyselyOn(target: Queryable): Kysely<StoreSchema> {
    const facade: DialectPGlite = {
      closed: false,
      ready: true,
      waitReady: Promise.resolve(),
      close: () => Promise.resolve(),
      transaction: () => Promise.reject(new Error('use the transaction of the store')),
      query: async (statement, parameters, options) => {
        this.#onStatement(statement, parameters ?? [])
        try {
          // Sound: Kysely's options and results are a structural part of PGlite's.
          return await target.query(statement, parameters, options as never)
        } catch (error) {
          throw storeError(error, this.#where)
        }
      },
    }
    return new Kysely<StoreSchema>({ dialect: new PGliteDialect({ pglite: facade }) })
  }
}
