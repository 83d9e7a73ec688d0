import { type Kysely, sql } from 'kysely'

const SIGNAL_TABLES = ['signals', 'daytrading_signals'] as const

/** How and when a signal was entered and closed, and an order of lists in which no two are equal. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of SIGNAL_TABLES) {
    // `entry_price` is the plan's; `fill_price` what was paid.
    await db.schema
      .alterTable(table)
      .addColumn('entry_date', 'date')
      .addColumn('entry_time', 'timestamptz')
      .addColumn('fill_price', 'double precision')
      .addColumn('exit_time', 'timestamptz')
      .execute()
    // What has ended was entered as its plan said; what is open is entered as its strategy says when
    // signals are followed next.
    await sql`update ${sql.table(table)} set entry_date = signal_date, fill_price = entry_price
      where status = 'CLOSED' and entry_price is not null`.execute(db)
    await db.schema
      .alterTable(table)
      .addCheckConstraint(
        `${table}_entry`,
        sql`(entry_date is null) = (fill_price is null)
          and (entry_time is null or entry_date is not null)
          and (exit_time is null or exit_date is not null)`,
      )
      .execute()
    await db.schema.dropIndex(`${table}_newest`).execute()
    await db.schema
      .createIndex(`${table}_newest`)
      .on(table)
      .columns(['signal_date', 'id', 'strategy_id'])
      .execute()
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of SIGNAL_TABLES) {
    await db.schema.dropIndex(`${table}_newest`).execute()
    await db.schema
      .createIndex(`${table}_newest`)
      .on(table)
      .columns(['signal_date', 'id'])
      .execute()
    await db.schema.alterTable(table).dropConstraint(`${table}_entry`).execute()
    for (const column of ['entry_date', 'entry_time', 'fill_price', 'exit_time']) {
      await db.schema.alterTable(table).dropColumn(column).execute()
    }
  }
}
