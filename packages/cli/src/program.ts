import { Argument, Command } from 'commander'
import type { Context } from './commands/command.js'
import { doctorCommand } from './commands/doctor.js'
import { importCommand } from './commands/import.js'
import { keysCreateCommand, keysListCommand, keysRevokeCommand } from './commands/keys.js'
import { kiwoomSimulatorCommand } from './commands/kiwoom-simulator.js'
import { migrateCommand } from './commands/migrate.js'
import { scanCommand } from './commands/scan.js'
import { scoreCommand } from './commands/score.js'
import { serveCommand } from './commands/serve.js'
import { startCommand } from './commands/start.js'
import { syncCommand } from './commands/sync.js'
import {
  MIGRATE_STEPS,
  type MigrateStep,
  parseDoctorOptions,
  parseImportOptions,
  parseKeyId,
  parseKeysCreateOptions,
  parseKeysOptions,
  parseMigrateOptions,
  parseScanOptions,
  parseScoreOptions,
  parseServeOptions,
  parseSimulatorOptions,
  parseStartOptions,
  parseSyncOptions,
} from './options.js'

const HOME = 'folder of the embedded store (RALPH_STOCK_HOME; default .ralph-stock)'
const STRATEGY_FLAG = '-s, --strategy <id>'
const DATE = 'session, YYYY-MM-DD (default: the last of the store)'
const JSON_OUTPUT = 'print JSON only'

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  start: [
    'ralph-stock start',
    'ralph-stock start --once',
    'ralph-stock start --port 8080 --speed 60',
  ],
  serve: [
    'ralph-stock serve',
    'ralph-stock serve --service vcp-scanner',
    'VCP_SCANNER_URL=http://127.0.0.1:5112 ralph-stock serve --service gateway',
  ],
  keys: [
    'ralph-stock keys create --name desk --scope scan --days 90',
    'ralph-stock keys list',
    'ralph-stock keys revoke 3',
  ],
  import: ['ralph-stock import ./krx', 'ralph-stock import ./krx --list-date 2026-03-20 --json'],
  scan: [
    'ralph-stock scan',
    'ralph-stock scan --strategy closing-bet,daytrade --date 2026-02-10 --market KOSDAQ --top 10',
    'ralph-stock scan --strategy vcp --min-grade A --json',
  ],
  score: [
    'ralph-stock score 005930 --strategy vcp --date 2026-02-10',
    'ralph-stock score MARKET --strategy market-gate',
  ],
  sync: ['ralph-stock sync', 'ralph-stock sync --from 2025-01-02 --tickers 005930,000660'],
  'kiwoom-simulator': [
    'ralph-stock kiwoom-simulator',
    'ralph-stock kiwoom-simulator --port 5116 --speed 60 --date 2026-03-31 --stocks 400',
  ],
  migrate: ['ralph-stock migrate', 'ralph-stock migrate status', 'ralph-stock migrate down'],
  doctor: ['ralph-stock doctor', 'ralph-stock doctor --json'],
}

const KIWOOM_VARIABLES = `
KIWOOM_ENV is live, mock (unless said) or simulator. live and mock need KIWOOM_APP_KEY and
KIWOOM_SECRET_KEY of that environment. KIWOOM_REST_URL gives another address.`

const SERVICE_VARIABLES = `
HOST, PORT, REQUIRE_KEY, CORS_ORIGINS, ALLOWED_HOSTS, RATE_LIMIT, LOG_LEVEL, VCP_SCANNER_URL,
SIGNAL_ENGINE_URL, DAYTRADING_SCANNER_URL, OTEL_EXPORTER_OTLP_ENDPOINT, KIWOOM_*: see packages/server.`

/** The command line: what commander knows of it. Nothing runs until it is parsed. */
export function createProgram(version: string, context: Context): Command {
  const { io, strategies } = context
  const ids = strategies.map(({ id }) => id).join(', ')
  const program = new Command('ralph-stock')
    .description('Scores every stock of the Korean market and explains each point.')
    .version(version, '-V, --version', 'print the version')
    .option('--home <dir>', HOME)
    .option('--lang <language>', 'ko or en (default: by LANG)')
    .helpOption('-h, --help', 'print this help')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: () => {},
      outputError: () => {},
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getOutHasColors: () => false,
    })
    .addHelpText(
      'after',
      '\nDATABASE_URL moves the store to PostgreSQL.\nExit codes: 0 done, 1 failed, 2 wrong usage.',
    )
  const add = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .option('--home <dir>', HOME)
      .option('--lang <language>', 'ko or en (default: by LANG)')
      .addHelpText(
        'after',
        `\nExamples:\n${(EXAMPLES[name.split(' ')[0] ?? ''] ?? []).map((line) => `  ${line}`).join('\n')}`,
      )

  const listens = (command: Command): Command =>
    command
      .option('-p, --port <port>', 'where it listens; 0 takes a free one (PORT; default 5111)')
      .option('--host <address>', 'on which address (HOST; default 127.0.0.1)')
      .option('--speed <factor>', 'of the simulated market, as a multiple of real time')
  listens(add('start', 'the demo market where the store is empty, a scan, then the service'))
    .option('--once', 'scan and end, without the service')
    .action((_: unknown, command: Command) =>
      startCommand(parseStartOptions(command.optsWithGlobals()), context),
    )
  listens(add('serve', 'the service alone: REST, socket, page, jobs, until Ctrl+C'))
    .option('--service <name>', 'all, gateway, vcp-scanner, signal-engine, daytrading-scanner')
    .option('--no-follow', 'follow no broker and do no scheduled work')
    .addHelpText('after', SERVICE_VARIABLES)
    .action((_: unknown, command: Command) =>
      serveCommand(parseServeOptions(command.optsWithGlobals()), context),
    )
  addKeys(add('keys', 'keys of the service: create, list, revoke'), context)
  add('import <dir>', 'read stocks.csv and bars.csv, and flows.csv and index.csv where present')
    .option('--list-date <date>', 'date of stocks.csv (default: the last bar)')
    .option('--json', 'print the report as JSON only')
    .action((folder: string, _: unknown, command: Command) =>
      importCommand(folder, parseImportOptions(command.optsWithGlobals()), context),
    )
  add('scan', 'the cards of one session, best first')
    .option('-s, --strategy <ids>', `one or several of ${ids} (default: all)`)
    .option('-d, --date <date>', DATE)
    .option('-m, --market <market>', 'show KOSPI, KOSDAQ or ALL; ranks stay over all', 'ALL')
    .option('-n, --top <count>', 'at most so many of each strategy')
    .option('--min-grade <grade>', 'this grade or better')
    .option('--all', 'every eligible stock, not only those that pass the screen')
    .option('--json', JSON_OUTPUT)
    .action((_: unknown, command: Command) =>
      scanCommand(parseScanOptions(command.optsWithGlobals()), context),
    )
  add('score <ticker>', 'one card: every criterion with its points, reason and evidence')
    .requiredOption(STRATEGY_FLAG, `one of ${ids}`)
    .option('-d, --date <date>', DATE)
    .option('--json', JSON_OUTPUT)
    .action((ticker: string, _: unknown, command: Command) =>
      scoreCommand(ticker, parseScoreOptions(command.optsWithGlobals()), context),
    )
  add('sync', 'bring the market from Kiwoom into the store, up to the last finished session')
    .option('--from <date>', 'first day of stocks that the store lacks (default: two years back)')
    .option('-t, --tickers <tickers>', 'these stocks only (default: all but ETFs, ETNs and ELWs)')
    .option('--json', 'print the report as JSON only')
    .addHelpText('after', KIWOOM_VARIABLES)
    .action((_: unknown, command: Command) =>
      syncCommand(parseSyncOptions(command.optsWithGlobals()), context),
    )
  add('kiwoom-simulator', 'a Kiwoom that is not there, with an invented market, until Ctrl+C')
    .option('-p, --port <port>', 'where it listens; 0 takes a free one', '5116')
    .option('--host <address>', 'on which address', '127.0.0.1')
    .option('--speed <factor>', 'how many times as fast as real time', '1')
    .option('-d, --date <date>', 'its first day, YYYY-MM-DD')
    .option('--seed <number>', 'the same seed and date give the same market')
    .option('--stocks <count>', 'how many stocks it lists')
    .option('--json', 'print the addresses as JSON only')
    .action((_: unknown, command: Command) =>
      kiwoomSimulatorCommand(parseSimulatorOptions(command.optsWithGlobals()), context),
    )
  add('migrate', "bring the store's tables up to date, one step back, or list the steps")
    .addArgument(new Argument('[step]', 'which way').choices(MIGRATE_STEPS).default('up'))
    .option('--json', JSON_OUTPUT)
    .action((step: MigrateStep, _: unknown, command: Command) =>
      migrateCommand(step, parseMigrateOptions(command.optsWithGlobals()), context),
    )
  add('doctor', 'look the store over: engine, tables, row counts, gaps, halts, suspicious bars')
    .option('--json', JSON_OUTPUT)
    .action((_: unknown, command: Command) =>
      doctorCommand(parseDoctorOptions(command.optsWithGlobals()), context),
    )
  return program
}

function addKeys(keys: Command, context: Context): void {
  const add = (name: string, description: string): Command =>
    keys
      .command(name)
      .description(description)
      .option('--home <dir>', HOME)
      .option('--lang <language>', 'ko or en (default: by LANG)')
      .option('--json', JSON_OUTPUT)
  add('create', 'make a key; its text is shown once')
    .requiredOption('--name <name>', 'whose it is')
    .option('--scope <scope>', 'read, scan or admin', 'read')
    .option('--days <count>', 'days until it expires (default: never)')
    .action((_: unknown, command: Command) =>
      keysCreateCommand(parseKeysCreateOptions(command.optsWithGlobals()), context),
    )
  add('list', 'every key, without its text').action((_: unknown, command: Command) =>
    keysListCommand(parseKeysOptions(command.optsWithGlobals()), context),
  )
  add('revoke <id>', 'a key opens nothing any more').action(
    (id: string, _: unknown, command: Command) =>
      keysRevokeCommand(parseKeyId(id), parseKeysOptions(command.optsWithGlobals()), context),
  )
}
