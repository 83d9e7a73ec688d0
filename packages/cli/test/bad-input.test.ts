import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { demoMarket } from '@ralph-stock/engine/demo'
import { describe, expect, it } from 'vitest'
import { call } from './call.js'
import { type Files, filesOf, temporaryFolder, writeFiles } from './market-files.js'

const GOOD = filesOf(demoMarket({ stocks: 8, sessions: 30 }))
const BARS = GOOD['bars.csv'] as string
const STOCKS = GOOD['stocks.csv'] as string
const LINES = BARS.split('\n')
const FIELDS = (LINES[1] as string).split(',')

/** The bars with the fields of line 2 replaced from `position` on. */
function withField(position: number, value: string): string {
  const fields = FIELDS.with(position, value)
  return LINES.with(1, fields.join(',')).join('\n')
}

/** Text as an old Korean program writes it: 가나다 in CP949. */
const CP949 = Buffer.concat([
  Buffer.from(
    'ticker,name,market,sector,listed_shares,market_cap,listing_date,department\nD00010,',
  ),
  Buffer.from([0xb0, 0xa1, 0xb3, 0xaa, 0xb4, 0xd9]),
  Buffer.from(',KOSPI,,1,1,,\n'),
])

const CASES: ReadonlyArray<readonly [what: string, files: Files, line: RegExp]> = [
  ['no stocks.csv', without('stocks.csv'), /^E_IMPORT_FILE: .*stocks\.csv/],
  ['no bars.csv', without('bars.csv'), /^E_IMPORT_FILE: .*bars\.csv/],
  [
    'both forms of a file',
    { ...GOOD, 'bars.csv.gz': gzipSync(BARS) },
    /^E_IMPORT_FILE: .*both bars\.csv and bars\.csv\.gz/,
  ],
  ['an empty file', { ...GOOD, 'bars.csv': '' }, /^E_IMPORT_EMPTY: bars\.csv is empty/],
  [
    'a header and no rows',
    { ...GOOD, 'bars.csv': `${LINES[0]}\n` },
    /^E_IMPORT_EMPTY: bars\.csv holds a header and no rows/,
  ],
  [
    'an empty list',
    { ...GOOD, 'stocks.csv': `${STOCKS.split('\n')[0]}\n` },
    /^E_IMPORT_EMPTY: stocks/,
  ],
  [
    'a missing column',
    { ...GOOD, 'bars.csv': BARS.replaceAll(/,[^,\n]*$/gm, '') },
    /^E_IMPORT_COLUMN: bars\.csv lacks the column volume/,
  ],
  [
    'a column named twice',
    { ...GOOD, 'bars.csv': BARS.replace('high', 'open').replace('low', 'high,low') },
    /^E_IMPORT_COLUMN: bars\.csv names the column open twice/,
  ],
  [
    'a day that is none',
    { ...GOOD, 'bars.csv': withField(1, '2026-02-30') },
    /^E_IMPORT_VALUE: bars\.csv line 2: date must .* found "2026-02-30"/,
  ],
  [
    'a date in another form',
    { ...GOOD, 'bars.csv': withField(1, '20260210') },
    /^E_IMPORT_VALUE: bars\.csv line 2: date must/,
  ],
  [
    'a negative price',
    { ...GOOD, 'bars.csv': withField(5, '-100') },
    /^E_IMPORT_VALUE: bars\.csv line 2: close must be a whole number >= 0; found "-100"/,
  ],
  [
    'a price that is no number',
    { ...GOOD, 'bars.csv': withField(3, 'abc') },
    /^E_IMPORT_VALUE: bars\.csv line 2: high must be a number; found "abc"/,
  ],
  [
    'NaN',
    { ...GOOD, 'bars.csv': withField(3, 'NaN') },
    /^E_IMPORT_VALUE: bars\.csv line 2: high must be a number; found "NaN"/,
  ],
  [
    'a blank price',
    { ...GOOD, 'bars.csv': withField(2, '') },
    /^E_IMPORT_VALUE: bars\.csv line 2: open must be a whole number >= 0; found nothing/,
  ],
  [
    'a fraction of a won',
    { ...GOOD, 'bars.csv': withField(2, '10.5') },
    /^E_IMPORT_VALUE: bars\.csv line 2: open must be a whole number/,
  ],
  [
    'an infinite volume',
    { ...GOOD, 'bars.csv': withField(6, '1e999') },
    /^E_IMPORT_VALUE: bars\.csv line 2: volume must/,
  ],
  [
    'a ticker that lost its zeros',
    { ...GOOD, 'bars.csv': withField(0, '5930') },
    /^E_IMPORT_VALUE: bars\.csv line 2: ticker must be six .* found "5930"/,
  ],
  [
    'a line cut off',
    { ...GOOD, 'bars.csv': BARS.slice(0, BARS.lastIndexOf(',', BARS.length / 2)) },
    /^E_IMPORT_ROW: bars\.csv line \d+: \d of 7 fields/,
  ],
  [
    'a line with too many fields',
    { ...GOOD, 'bars.csv': withField(6, '1,2') },
    /^E_IMPORT_ROW: bars\.csv line 2: more than 7 fields/,
  ],
  [
    'an open quote',
    { ...GOOD, 'stocks.csv': STOCKS.replace('데모', '"데모') },
    /^E_IMPORT_ROW: stocks\.csv line 2: a quoted field/,
  ],
  [
    'a compressed file cut in half',
    replaced('bars', gzipSync(BARS).subarray(0, 900)),
    /^E_IMPORT_COMPRESSION: bars\.csv\.gz is cut off/,
  ],
  [
    'a damaged compressed file',
    replaced('bars', damaged(gzipSync(BARS))),
    /^E_IMPORT_COMPRESSION: bars\.csv\.gz is (damaged|cut off)/,
  ],
  [
    'another encoding',
    { ...GOOD, 'stocks.csv': CP949 },
    /^E_IMPORT_ENCODING: stocks\.csv must be UTF-8; line 2 is not/,
  ],
  [
    'two different rows of one day',
    { ...GOOD, 'bars.csv': `${BARS}${FIELDS.with(6, '123456').join(',')}\n` },
    /^E_IMPORT_CONFLICT: bars\.csv lines 2 and \d+ differ for D00010 on/,
  ],
  [
    'two different listings of one ticker',
    { ...GOOD, 'stocks.csv': `${STOCKS}D00010,다른이름,KOSPI,,1,1,,\n` },
    /^E_IMPORT_CONFLICT: stocks\.csv lines 2 and \d+ differ for D00010/,
  ],
  [
    'a market that does not exist',
    { ...GOOD, 'stocks.csv': STOCKS.replace('KOSDAQ', 'NASDAQ') },
    /^E_IMPORT_VALUE: stocks\.csv line \d+: market must be one of KOSPI, KOSDAQ, KONEX/,
  ],
  [
    'bars of unknown tickers only',
    { ...GOOD, 'bars.csv': `${LINES[0]}\nA00010,2026-02-10,1,1,1,1,1\n` },
    /^E_IMPORT_EMPTY: no row of bars\.csv can be kept/,
  ],
  [
    'bad flows',
    { ...GOOD, 'flows.csv': (GOOD['flows.csv'] as string).replace(/,(-?\d+)\n/, ',12x\n') },
    /^E_IMPORT_VALUE: flows\.csv line 2: institution_net_volume must be a number/,
  ],
  [
    'a bad index',
    { ...GOOD, 'index.csv': (GOOD['index.csv'] as string).replace('KOSPI,', ',') },
    /^E_IMPORT_VALUE: index\.csv line 2: index must be the name of an index/,
  ],
]

describe('an import of bad files', () => {
  it.each(CASES)('refuses %s with one line, and writes nothing', async (_, files, line) => {
    const home = join(temporaryFolder(), 'home')
    const { code, stdout, stderr } = await call(['import', writeFiles(files), '--home', home])
    expect(stderr).toMatch(line)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(existsSync(home)).toBe(false)
  })

  it('refuses a folder that is none', async () => {
    const { code, stderr } = await call(['import', join(temporaryFolder(), 'absent')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^E_IMPORT_FILE: .* is not a folder/)
  })
})

describe('a wrong command line', () => {
  const USAGE: ReadonlyArray<readonly [args: readonly string[], line: RegExp]> = [
    [['fly'], /unknown command 'fly'/],
    [['scan', '--fast'], /unknown option '--fast'/],
    [['import'], /missing required argument 'dir'/],
    [['score', '005930'], /required option .*--strategy/],
    [
      ['scan', '--date', '2026-13-01'],
      /--date must be a day written YYYY-MM-DD; found "2026-13-01"/,
    ],
    [['scan', '--top', '0'], /--top must be a whole number >= 1; found "0"/],
    [['scan', '--market', 'NYSE'], /--market must be ALL, KOSPI, KOSDAQ; found "NYSE"/],
    [['scan', '--min-grade', 'Z'], /--min-grade must be one of .*S, A, B, C; found "Z"/],
    [['scan', '--strategy', ','], /--strategy must name at least one strategy/],
    [['scan', '--lang', 'fr'], /--lang must be ko, en; found "fr"/],
    [['import', 'x', '--list-date', 'soon'], /--list-date must be a day/],
  ]

  it.each(USAGE)('%j is told in one line', async (args, line) => {
    const { code, stdout, stderr } = await call(args)
    expect(stderr).toMatch(line)
    expect(stderr).toMatch(/^E_CLI_USAGE: .*\n$/)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  it('names the known strategies for an unknown one', async () => {
    const { code, stderr } = await call(['scan', '--strategy', 'vcp,magic'])
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /^E_STRATEGY_UNKNOWN: no strategy has the id "magic"; known are market-gate, closing-bet, vcp, trend-template, daytrade\n$/,
    )
  })

  it('makes no store to read from', async () => {
    const folder = temporaryFolder()
    const { code, stderr } = await call(['scan', '--home', join(folder, 'none')])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^E_ENGINE_EMPTY: there is no store in .*ralph-stock start/)
    expect(readdirSync(folder)).toEqual([])
  })
})

function without(name: string): Files {
  return Object.fromEntries(Object.entries(GOOD).filter(([file]) => file !== name))
}

function replaced(name: string, packed: Buffer): Files {
  return { ...without(`${name}.csv`), [`${name}.csv.gz`]: packed }
}

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy.writeUInt32LE(0xdeadbeef, copy.length - 8)
  return copy
}
