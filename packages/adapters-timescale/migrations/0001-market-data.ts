import { type Kysely, sql } from 'kysely'

/**
 * Stocks, daily prices, investor flows and indexes.
 *
 * Prices, shares and won are `double precision`: it holds every whole number up to 2^53 exactly (nine
 * quadrillion won, eight times the largest company), an index keeps its fraction, and a column of them
 * is copied into a `Float64Array` as it is. Missing is NULL, never 0 and never NaN.
 *
 * The three tables of daily rows point at `imports` for source and time, 4 bytes instead of two
 * columns; without a foreign key, whose trigger would run once per row of a bulk load.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('imports')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('known_at', 'timestamptz', (c) => c.notNull())
    .addColumn('written_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('has_trading_value', 'boolean', (c) => c.notNull().defaultTo(false))
    .addColumn('has_raw_close', 'boolean', (c) => c.notNull().defaultTo(false))
    .execute()

  await db.schema
    .createTable('stocks')
    .addColumn('ticker', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('market', 'text', (c) => c.notNull())
    .addColumn('sector', 'text')
    .addColumn('kind', 'text')
    .addColumn('department', 'text')
    .addColumn('listed_shares', 'double precision')
    .addColumn('market_cap', 'double precision')
    .addColumn('listing_date', 'date')
    .addColumn('is_etf', 'boolean', (c) =>
      c.generatedAlwaysAs(sql`coalesce(kind = 'etf', false)`).stored(),
    )
    .addColumn('is_spac', 'boolean', (c) =>
      c
        .generatedAlwaysAs(sql`coalesce(kind = 'spac', false) or position('스팩' in name) > 0`)
        .stored(),
    )
    .addColumn('is_admin', 'boolean', (c) =>
      c.generatedAlwaysAs(sql`position('관리종목' in coalesce(department, '')) > 0`).stored(),
    )
    .addColumn('import_id', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema
    .createIndex('stocks_market_cap')
    .on('stocks')
    .columns(['market', 'market_cap'])
    .execute()
  await db.schema.createIndex('stocks_sector').on('stocks').column('sector').execute()

  // A list decides who is eligible on a date, so each is kept as it was.
  await db.schema
    .createTable('stock_lists')
    .addColumn('list_date', 'date', (c) => c.primaryKey())
    .addColumn('import_id', 'integer', (c) => c.notNull())
    .addColumn('stocks', 'jsonb', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('daily_prices')
    .addColumn('ticker', 'text', (c) => c.notNull())
    .addColumn('date', 'date', (c) => c.notNull())
    .addColumn('import_id', 'integer', (c) => c.notNull())
    .addColumn('open', 'double precision')
    .addColumn('high', 'double precision')
    .addColumn('low', 'double precision')
    .addColumn('close', 'double precision')
    .addColumn('volume', 'double precision')
    .addColumn('trading_value', 'double precision')
    .addColumn('raw_close', 'double precision')
    .addPrimaryKeyConstraint('daily_prices_pkey', ['ticker', 'date'])
    .execute()

  await db.schema
    .createTable('institutional_flows')
    .addColumn('ticker', 'text', (c) => c.notNull())
    .addColumn('date', 'date', (c) => c.notNull())
    .addColumn('import_id', 'integer', (c) => c.notNull())
    .addColumn('foreign_net_buy_amount', 'double precision')
    .addColumn('inst_net_buy_amount', 'double precision')
    .addColumn('foreign_net_buy', 'double precision')
    .addColumn('inst_net_buy', 'double precision')
    .addColumn('provisional', 'boolean', (c) => c.notNull())
    .addPrimaryKeyConstraint('institutional_flows_pkey', ['ticker', 'date'])
    .execute()

  await db.schema
    .createTable('index_bars')
    .addColumn('ticker', 'text', (c) => c.notNull())
    .addColumn('date', 'date', (c) => c.notNull())
    .addColumn('import_id', 'integer', (c) => c.notNull())
    .addColumn('open', 'double precision')
    .addColumn('high', 'double precision')
    .addColumn('low', 'double precision')
    .addColumn('close', 'double precision')
    .addColumn('volume', 'double precision')
    .addColumn('trading_value', 'double precision')
    .addPrimaryKeyConstraint('index_bars_pkey', ['ticker', 'date'])
    .execute()

  // What a correction replaced, so that a date in the past can be read as it was known then.
  for (const table of ['daily_prices', 'institutional_flows', 'index_bars']) {
    await sql`create table ${sql.table(`${table}_revisions`)} (
      like ${sql.table(table)}, replaced_by integer not null, primary key (ticker, date, replaced_by)
    )`.execute(db)
  }
}

export async function down(db: Kysely<unknown>): Promise<void> {
  // Made on TimescaleDB only.
  await sql`drop materialized view if exists weekly_prices`.execute(db)
  for (const table of ['daily_prices', 'institutional_flows', 'index_bars']) {
    await db.schema.dropTable(`${table}_revisions`).execute()
    await db.schema.dropTable(table).execute()
  }
  for (const table of ['stock_lists', 'stocks', 'imports']) {
    await db.schema.dropTable(table).execute()
  }
}
