import { type Kysely, sql } from 'kysely'

const JOB_COLUMNS = ['progress', 'attempts', 'error_code', 'started_at', 'finished_at'] as const

/** How far a job is and how often it was tried; the order of the list of stocks. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('jobs')
    .addColumn('progress', 'jsonb')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('error_code', 'text')
    .addColumn('started_at', 'timestamptz')
    .addColumn('finished_at', 'timestamptz')
    .execute()
  // A cursor of the list has milliseconds, so a job has no more.
  await sql`alter table jobs
    alter column created_at set default date_trunc('milliseconds', now())`.execute(db)
  await sql`update jobs set created_at = date_trunc('milliseconds', created_at)`.execute(db)
  await sql`update jobs set started_at = created_at, attempts = 1
    where status <> 'queued'`.execute(db)
  await sql`update jobs set finished_at = updated_at where status in ('done', 'failed')`.execute(db)
  await db.schema.createIndex('jobs_newest').on('jobs').columns(['created_at', 'id']).execute()
  await db.schema
    .createIndex('jobs_name')
    .on('jobs')
    .columns(['name', 'created_at', 'id'])
    .execute()

  // The largest first; a stock without a market cap last.
  const size = sql`((- coalesce(market_cap, -1)))`
  await sql`create index stocks_largest on stocks (${size}, ticker)`.execute(db)
  await sql`create index stocks_largest_of_market on stocks (market, ${size}, ticker)`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const index of ['stocks_largest', 'stocks_largest_of_market', 'jobs_newest', 'jobs_name']) {
    await db.schema.dropIndex(index).execute()
  }
  await sql`alter table jobs alter column created_at set default now()`.execute(db)
  for (const column of JOB_COLUMNS) await db.schema.alterTable('jobs').dropColumn(column).execute()
}
