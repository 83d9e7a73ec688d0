import type { Kysely } from 'kysely'
import type { StoreSchema } from './schema.js'

/** Which database is behind a store. */
export type EngineKind = 'pglite' | 'postgres' | 'timescale'

/** One connection, or one transaction on it: typed queries, and COPY in both directions. */
export interface Session {
  readonly db: Kysely<StoreSchema>
  /** Runs `COPY ... FROM STDIN (FORMAT binary)`; the chunks together are one binary file. */
  copyIn(target: string, chunks: Iterable<Uint8Array>): Promise<void>
  /** Hands over the binary file of `COPY (select) TO STDOUT`, piece by piece as it comes. */
  copyOut(select: string, onPiece: (piece: Uint8Array) => void): Promise<void>
}

/** What the store needs of a database. Errors leave it as `RalphError`. */
export interface Engine {
  /** Statements outside a transaction: each sees what is committed. */
  readonly db: Kysely<StoreSchema>
  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects.
   *
   * @param mode `read` gives one unchanging view of the data
   */
  transaction<T>(work: (session: Session) => Promise<T>, mode?: 'read' | 'write'): Promise<T>
  /** How busy its connections are; absent where there are none. */
  pool?(): PoolState
  close(): Promise<void>
}

/** Connections that are open and those of them that are free, and who waits for one. */
export type PoolState = {
  readonly total: number
  readonly idle: number
  readonly waiting: number
}

/**
 * Told of every statement before it runs, COPY included. Where it gives back a function, that is called
 * once the statement has ended, with the error if it failed.
 */
export type StatementListener = (statement: string, parameters: readonly unknown[]) => unknown

/** Runs a statement and tells the listener of its begin and, where it asks for that, of its end. */
export async function told<T>(
  listener: StatementListener,
  statement: string,
  parameters: readonly unknown[],
  run: () => Promise<T>,
): Promise<T> {
  const ended = listener(statement, parameters)
  if (typeof ended !== 'function') return run()
  try {
    const result = await run()
    ended()
    return result
  } catch (error) {
    ended(error)
    throw error
  }
}
