import { sql } from 'kysely'
import { type Connection, Repository } from './repository.js'

/** A piece of work and what became of it. */
export type Job = {
  readonly id: string
  readonly name: string
  /** `queued`, `running`, `done` or `failed`. */
  readonly status: string
  readonly payload: unknown
  readonly result: unknown
  readonly error: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Jobs of the service. */
export class JobRepository extends Repository<Job> {
  constructor(db: Connection) {
    super(db, 'jobs', 'id')
  }

  /** Adds a job or tells its progress; what is not given stays as it is. */
  async save(job: Pick<Job, 'id' | 'name' | 'status'> & Partial<Job>): Promise<Job> {
    return this.upsert({ ...job, updatedAt: new Date() }, ['id'])
  }

  /** Oldest first. */
  async byStatus(status: string, limit = 100): Promise<Job[]> {
    return this.many(sql`select * from jobs where status = ${status}
      order by created_at, id limit ${limit}`)
  }
}
