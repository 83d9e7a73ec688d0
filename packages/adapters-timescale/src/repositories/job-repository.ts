import { type RawBuilder, sql } from 'kysely'
import { type Connection, Repository, where } from './repository.js'

/** A piece of work and what became of it. */
export type Job = {
  readonly id: string
  readonly name: string
  /** `queued`, `running`, `done` or `failed`. */
  readonly status: string
  readonly payload: unknown
  /** How far it is, in the words of its kind; null before it tells. */
  readonly progress: unknown
  readonly result: unknown
  readonly error: string | null
  readonly errorCode: string | null
  /** How often it was begun. */
  readonly attempts: number
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Of the last attempt. */
  readonly startedAt: Date | null
  readonly finishedAt: Date | null
}

/** The place of a job in the list, which is newest first. */
export type JobCursor = Pick<Job, 'id' | 'createdAt'>

/** Which jobs. All when empty. */
export type JobQuery = {
  readonly status?: string
  readonly name?: string
  readonly limit?: number
  /** Those that come after this one in the list: the last job of the page before. */
  readonly before?: JobCursor
}

/** Jobs of the service. An id is given by who asks, so that what is asked twice is done once. */
export class JobRepository extends Repository<Job> {
  constructor(db: Connection) {
    super(db, 'jobs', 'id')
  }

  /**
   * Queues a job; null when its id is known already, whatever became of it.
   *
   * @param job `createdAt` by the asker's clock; the database's unless given
   */
  async create(
    job: Pick<Job, 'id' | 'name'> & Partial<Pick<Job, 'payload' | 'createdAt'>>,
  ): Promise<Job | null> {
    const { id, name, payload = null, createdAt } = job
    // To the millisecond, as the cursor of a list has it.
    const at =
      createdAt === undefined
        ? sql`date_trunc('milliseconds', now())`
        : sql`${createdAt.toISOString()}::timestamptz`
    return this.one(sql`insert into jobs (id, name, status, payload, created_at)
      values (${id}, ${name}, 'queued', ${payload === null ? null : JSON.stringify(payload)}, ${at})
      on conflict (id) do nothing returning *`)
  }

  /**
   * Begins a queued job; null when it is not queued, because another worker was faster.
   *
   * @param at when it begins, by the worker's clock
   */
  async claim(id: string, at: Date = new Date()): Promise<Job | null> {
    return this.one(sql`update jobs set status = 'running', attempts = attempts + 1,
        started_at = ${at.toISOString()}, finished_at = null, progress = null, updated_at = now()
      where id = ${id} and status = 'queued' returning *`)
  }

  /**
   * Queues again what was running when its process died, oldest first.
   *
   * @param silentMs how long nothing was heard of a job; 0 only for a worker that knows that no other
   *   is at work
   */
  async requeueRunning(silentMs = 0): Promise<Job[]> {
    return this.many(sql`with again as (
        update jobs set status = 'queued', updated_at = now()
        where status = 'running'
          and updated_at <= now() - ${silentMs}::double precision * interval '1 millisecond'
        returning *
      ) select * from again order by created_at, id`)
  }

  /** Adds a job or tells its progress; what is not given stays as it is. */
  async save(job: Pick<Job, 'id' | 'name' | 'status'> & Partial<Job>): Promise<Job> {
    return this.upsert({ ...job, updatedAt: new Date() }, ['id'])
  }

  /** Newest first. */
  override async list(query: JobQuery = {}): Promise<Job[]> {
    const { status, name, limit, before } = query
    return this.many(
      sql`select * from jobs ${where([
        equal('status', status),
        equal('name', name),
        before === undefined
          ? null
          : sql`(created_at, id) < (${before.createdAt.toISOString()}::timestamptz, ${before.id}::text)`,
      ])} order by created_at desc, id desc limit ${limit ?? null}`,
    )
  }

  /** Oldest first. */
  async byStatus(status: string, limit = 100): Promise<Job[]> {
    return this.many(sql`select * from jobs where status = ${status}
      order by created_at, id limit ${limit}`)
  }
}

function equal(column: string, value: string | undefined): RawBuilder<unknown> | null {
  return value === undefined ? null : sql`${sql.ref(column)} = ${value}`
}
