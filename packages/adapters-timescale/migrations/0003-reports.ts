import { type Kysely, sql } from 'kysely'

const TABLES = [
  'market_status',
  'ai_analyses',
  'backtest_results',
  'news',
  'minute_bars',
  'jobs',
  'api_keys',
]

/** What is told about the market and its stocks beside signals, and what the service itself keeps. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // An unknown figure is NULL: a missing index is not a change of 0 %.
  await db.schema
    .createTable('market_status')
    .addColumn('date', 'date', (c) => c.primaryKey())
    .addColumn('kospi', 'double precision')
    .addColumn('kospi_change_pct', 'double precision')
    .addColumn('kosdaq', 'double precision')
    .addColumn('kosdaq_change_pct', 'double precision')
    .addColumn('usd_krw', 'double precision')
    .addColumn('usd_krw_change_pct', 'double precision')
    .addColumn('gate', 'text')
    .addColumn('gate_score', 'double precision')
    .addColumn('gate_reasons', 'jsonb')
    .addColumn('sector_scores', 'jsonb')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()

  await db.schema
    .createTable('ai_analyses')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('ticker', 'text', (c) => c.notNull())
    .addColumn('analysis_date', 'date', (c) => c.notNull())
    .addColumn('sentiment', 'text', (c) => c.notNull())
    .addColumn('score', 'double precision')
    .addColumn('confidence', 'double precision')
    .addColumn('summary', 'text')
    .addColumn('keywords', 'jsonb')
    .addColumn('recommendation', 'text')
    .addColumn('news_urls', 'jsonb')
    .addColumn('news_count', 'integer')
    .addColumn('model_version', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addUniqueConstraint('ai_analyses_once_a_day', ['ticker', 'analysis_date'])
    .execute()
  await db.schema
    .createIndex('ai_analyses_date')
    .on('ai_analyses')
    .columns(['analysis_date', 'score'])
    .execute()

  await db.schema
    .createTable('backtest_results')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('config_name', 'text', (c) => c.notNull())
    .addColumn('backtest_date', 'date', (c) => c.notNull())
    .addColumn('total_trades', 'integer', (c) => c.notNull())
    .addColumn('winning_trades', 'integer', (c) => c.notNull())
    .addColumn('losing_trades', 'integer', (c) => c.notNull())
    .addColumn('win_rate', 'double precision')
    .addColumn('total_return_pct', 'double precision')
    .addColumn('max_drawdown_pct', 'double precision')
    .addColumn('sharpe_ratio', 'double precision')
    .addColumn('avg_return_per_trade', 'double precision')
    .addColumn('profit_factor', 'double precision')
    .addColumn('extra_metadata', 'jsonb')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema
    .createIndex('backtest_results_config')
    .on('backtest_results')
    .columns(['config_name', 'backtest_date'])
    .execute()

  await db.schema
    .createTable('news')
    .addColumn('ticker', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('published_at', 'timestamptz', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('url', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('sentiment', 'double precision')
    .addColumn('known_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addPrimaryKeyConstraint('news_pkey', ['ticker', 'id'])
    .execute()
  await db.schema
    .createIndex('news_newest')
    .on('news')
    .columns(['ticker', 'published_at'])
    .execute()

  await db.schema
    .createTable('minute_bars')
    .addColumn('ticker', 'text', (c) => c.notNull())
    .addColumn('open_time', 'timestamptz', (c) => c.notNull())
    .addColumn('open', 'double precision', (c) => c.notNull())
    .addColumn('high', 'double precision', (c) => c.notNull())
    .addColumn('low', 'double precision', (c) => c.notNull())
    .addColumn('close', 'double precision', (c) => c.notNull())
    .addColumn('volume', 'double precision', (c) => c.notNull())
    .addPrimaryKeyConstraint('minute_bars_pkey', ['ticker', 'open_time'])
    .execute()

  await db.schema
    .createTable('jobs')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('payload', 'jsonb')
    .addColumn('result', 'jsonb')
    .addColumn('error', 'text')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .addColumn('updated_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
  await db.schema.createIndex('jobs_status').on('jobs').columns(['status', 'created_at']).execute()

  // Keys are kept as hashes: a copy of the table opens no door.
  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'integer', (c) => c.primaryKey().generatedAlwaysAsIdentity())
    .addColumn('key_hash', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('description', 'text')
    .addColumn('created_by', 'text')
    .addColumn('is_active', 'boolean', (c) => c.notNull().defaultTo(true))
    .addColumn('expires_at', 'timestamptz')
    .addColumn('last_used_at', 'timestamptz')
    .addColumn('created_at', 'timestamptz', (c) => c.notNull().defaultTo(sql`now()`))
    .execute()
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const table of TABLES) await db.schema.dropTable(table).execute()
}
