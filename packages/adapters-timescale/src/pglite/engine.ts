import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { RalphError } from '@ralph-stock/core'
import { Kysely, PGliteDialect, type PGliteDialectConfig } from 'kysely'
import { type Engine, type Session, type StatementListener, told } from '../engine.js'
import { storeError } from '../errors.js'
import type { StoreSchema } from '../schema.js'

type Queryable = Pick<PGlite, 'query'>
type DialectPGlite = Exclude<PGliteDialectConfig['pglite'], (...args: never[]) => unknown>

// Below this a start, which writes its log ahead, may fail for want of room.
const ROOM_TO_OPEN = 32 * 1024 * 1024
const FULL = 1024 * 1024

/** Opens PGlite in a folder; `where` names it in errors. The folder is the caller's to lock. */
export async function openPGlite(
  folder: string,
  where: string,
  onStatement: StatementListener,
): Promise<Engine> {
  return new PGliteEngine(await startPGlite(folder, where), folder, where, onStatement)
}

async function startPGlite(folder: string, where: string): Promise<PGlite> {
  try {
    return await PGlite.create({
      dataDir: folder,
      // Dates stay text: a `Date` would bring a time zone into them.
      parsers: { [types.DATE]: (value) => value, [types.INT8]: (value) => Number(value) },
    })
  } catch (error) {
    const known = storeError(error, where)
    if (known.code !== 'E_STORE_QUERY') throw known
    // PGlite does not say why it cannot start.
    const full = roomIn(folder) < ROOM_TO_OPEN
    throw new RalphError(
      full ? 'E_STORE_DISK' : 'E_STORE_CORRUPT',
      full ? `store ${where}: the disk is full` : `store ${where}: its files cannot be opened`,
      { where },
      { cause: error },
    )
  }
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(folder))
    return bavail * bsize
  } catch {
    return Number.POSITIVE_INFINITY
  }
}

class PGliteEngine implements Engine {
  readonly db: Kysely<StoreSchema>
  readonly #folder: string
  readonly #where: string
  readonly #onStatement: StatementListener
  #pglite: Promise<PGlite>
  #closed = false

  constructor(pglite: PGlite, folder: string, where: string, onStatement: StatementListener) {
    this.#pglite = Promise.resolve(pglite)
    this.#folder = folder
    this.#where = where
    this.#onStatement = onStatement
    this.db = this.#kyselyOn(() => this.#current())
  }

  async transaction<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const pglite = await this.#current()
    let first: { readonly error: unknown } | null = null
    try {
      // PGlite itself lets one transaction run at a time and holds other statements back meanwhile.
      return await pglite.transaction(async (tx) => {
        try {
          return await work(this.#session(tx))
        } catch (error) {
          first = { error }
          throw error
        }
      })
    } catch (error) {
      // What went wrong first is told, not what followed from it.
      const cause = (first as { readonly error: unknown } | null)?.error ?? error
      const known = storeError(cause, this.#where)
      if (cause !== error || known.code === 'E_STORE_DISK') this.#restart(pglite)
      throw this.#withRoom(known)
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const pglite = await this.#pglite.catch(() => null)
    if (pglite !== null && !pglite.closed) await pglite.close()
  }

  // After a failed rollback PGlite answers nothing any more; a new one reads the log and goes on from
  // what was committed. While there is no room to start, each use tries again.
  #restart(broken: PGlite): void {
    this.#pglite = broken.close().then(
      () => this.#start(),
      () => this.#start(),
    )
    this.#pglite.catch(() => {})
  }

  async #start(): Promise<PGlite> {
    if (this.#closed) throw new RalphError('E_STORE_CLOSED', `store ${this.#where}: it is closed`)
    return startPGlite(this.#folder, this.#where)
  }

  async #current(): Promise<PGlite> {
    const current = this.#pglite
    try {
      return await current
    } catch (error) {
      if (this.#closed) throw error
      if (this.#pglite === current) {
        this.#pglite = this.#start()
        this.#pglite.catch(() => {})
      }
      return this.#pglite
    }
  }

  // A full disk shows in many ways inside the engine.
  #withRoom(error: RalphError): RalphError {
    if (error.code !== 'E_STORE_QUERY' || roomIn(this.#folder) >= FULL) return error
    return new RalphError(
      'E_STORE_DISK',
      `store ${this.#where}: the disk is full (${error.message})`,
      error.details,
      { cause: error },
    )
  }

  #session(tx: Queryable): Session {
    return {
      db: this.#kyselyOn(async () => tx),
      copyIn: async (target, chunks) => {
        const statement = `copy ${target} from '/dev/blob' with (format binary)`
        await told(this.#onStatement, statement, [], () =>
          tx.query(statement, [], { blob: new Blob([...chunks]) }),
        )
      },
      copyOut: async (select, onPiece) => {
        const statement = `copy (${select}) to '/dev/blob' with (format binary)`
        const { blob } = await told(this.#onStatement, statement, [], () => tx.query(statement))
        if (blob !== undefined) onPiece(new Uint8Array(await blob.arrayBuffer()))
      },
    }
  }

  // Kysely's own transactions on PGlite share one connection with everything else that runs, so a
  // session never begins one: it is handed the transaction as if it were the database.
  #kyselyOn(target: () => Promise<Queryable>): Kysely<StoreSchema> {
    const facade: DialectPGlite = {
      closed: false,
      ready: true,
      waitReady: Promise.resolve(),
      close: () => Promise.resolve(),
      transaction: () => Promise.reject(new Error('use the transaction of the store')),
      query: async (statement, parameters, options) => {
        try {
          const queryable = await target()
          return await told(this.#onStatement, statement, parameters ?? [], () =>
            // Sound: Kysely's options and results are a structural part of PGlite's.
            queryable.query(statement, parameters, options as never),
          )
        } catch (error) {
          throw storeError(error, this.#where)
        }
      },
    }
    return new Kysely<StoreSchema>({ dialect: new PGliteDialect({ pglite: facade }) })
  }
}
