import { type Kysely, sql } from 'kysely'

const SIGNAL_TABLES = ['signals', 'daytrading_signals'] as const

/** Scans and the signals that came of them. The card is kept whole beside the columns that are searched. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('scan_runs')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('as_of', 'date', (c) => c.notNull())
    .addColumn('strategies', 'jsonb', (c) => c.notNull())
    .addColumn('eligible', 'integer', (c) => c.notNull())
    .addColumn('found', 'integer', (c) => c.notNull())
    .addColumn('finished_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema.createIndex('scan_runs_as_of').on('scan_runs').columns(['as_of', 'id']).execute()

  for (const table of SIGNAL_TABLES) {
    await db.schema
      .createTable(table)
      .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
      .addColumn('scan_id', 'integer', (c) => c.notNull())
      .addColumn('strategy_id', 'text', (c) => c.notNull())
      .addColumn('strategy_version', 'text', (c) => c.notNull())
      .addColumn('ticker', 'text', (c) => c.notNull())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('market', 'text', (c) => c.notNull())
      .addColumn('signal_date', 'date', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull().defaultTo('OPEN'))
      .addColumn('score', 'double precision', (c) => c.notNull())
      .addColumn('max_score', 'double precision', (c) => c.notNull())
      .addColumn('coverage', 'double precision', (c) => c.notNull())
      .addColumn('grade', 'text', (c) => c.notNull())
      .addColumn('entry_price', 'double precision')
      .addColumn('target_price', 'double precision')
      .addColumn('stop_price', 'double precision')
      .addColumn('quantity', 'double precision')
      .addColumn('card', 'jsonb', (c) => c.notNull())
      .addColumn('exit_date', 'date')
      .addColumn('exit_price', 'double precision')
      .addColumn('exit_reason', 'text')
      .addColumn('return_rate', 'double precision')
      .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
      .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
      .addUniqueConstraint(`${table}_once_a_day`, ['strategy_id', 'ticker', 'signal_date'])
      .addCheckConstraint(
        `${table}_life`,
        sql`(status = 'OPEN' and exit_date is null) or (status = 'CLOSED' and exit_date is not null)`,
      )
      .execute()
    await db.schema
      .createIndex(`${table}_one_open`)
      .unique()
      .on(table)
      .columns(['strategy_id', 'ticker'])
      .where(sql.ref('status'), '=', sql.lit('OPEN'))
      .execute()
    await db.schema
      .createIndex(`${table}_newest`)
      .on(table)
      .columns(['signal_date', 'id'])
      .execute()
    await db.schema
      .createIndex(`${table}_best`)
      .on(table)
      .columns(['status', 'strategy_id', 'score'])
      .execute()
    await db.schema
      .createIndex(`${table}_ticker`)
      .on(table)
      .columns(['ticker', 'signal_date'])
      .execute()
    await db.schema
      .createIndex(`${table}_exits`)
      .on(table)
      .columns(['exit_date', 'strategy_id'])
      .where('exit_date', 'is not', null)
      .execute()
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of [...SIGNAL_TABLES, 'scan_runs']) await db.schema.dropTable(table).execute()
}
