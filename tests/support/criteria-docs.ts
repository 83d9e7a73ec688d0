import { readFileSync, writeFileSync } from 'node:fs'

// Pages about a strategy are made of its own metadata, so that words and code cannot disagree. A test
// compares them with the files; with UPDATE_DOCS=1 it writes them.

type Text = { readonly ko: string; readonly en: string }

/** What the pages read of a strategy. */
export type DocumentedStrategy = {
  readonly id: string
  readonly version: string
  readonly label: Text
  readonly description: Text
  readonly maxScore: number
  readonly lookback: number
  readonly scale: { readonly labels: readonly string[]; readonly thresholds: readonly number[] }
  readonly criteria: ReadonlyArray<{
    readonly id: string
    readonly maxPoints: number
    readonly label: Text
    readonly rule: Text
    readonly inputs: DocumentedColumns
    readonly evidence: DocumentedColumns
  }>
  readonly screen: {
    readonly minimumGrade: string | null
    readonly minimumScore: number | null
    readonly conditions: ReadonlyArray<{ readonly id: string; readonly label: Text }>
  }
}

type DocumentedColumns = Readonly<
  Record<string, { readonly key: string; readonly warmUp: number; readonly lookback: number }>
>

/** The part of a JSON schema that option tables are made of. */
export type OptionSchema = {
  readonly properties?: Readonly<Record<string, OptionSchema>>
  readonly type?: string | readonly string[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly enum?: readonly unknown[]
  readonly description?: string
}

/** The page `criteria.md` of a package. */
export function criteriaPage(
  strategies: ReadonlyArray<{ readonly strategy: DocumentedStrategy; readonly options: unknown }>,
): string {
  const parts = strategies.map(({ strategy, options }) => {
    const { id, version, label, description } = strategy
    return [
      `# ${label.en} · ${label.ko}`,
      `${description.en}.`,
      `${description.ko}.`,
      `Strategy \`${id}\`, version ${version}: ${strategy.maxScore} points over ${strategy.lookback} bars. ${grades(strategy)}`,
      screenLine(strategy),
      '## Criteria',
      ...strategy.criteria.map(criterionSection),
      '## Options',
      optionsTable(options),
    ]
      .filter((part) => part !== '')
      .join('\n\n')
  })
  return `<!-- Made from the code by its tests; UPDATE_DOCS=1 pnpm test writes it. -->\n\n${parts.join('\n\n')}\n`
}

/** Table of the criteria: id, points, rule. */
export function criteriaTable(strategy: DocumentedStrategy): string {
  const rows = strategy.criteria.map((one) => [
    `\`${one.id}\` ${one.label.ko}`,
    String(one.maxPoints),
    one.rule.en,
  ])
  return table(['Criterion', 'Points', 'Rule'], rows)
}

/** Table of the options: name, default, range, meaning. */
export function optionsTable(schema: unknown): string {
  // Sound: the caller gives a JSON schema of an object.
  const rows = leaves(schema as OptionSchema, '').map(([name, one]) => [
    `\`${name}\``,
    one.default === undefined ? '' : `\`${JSON.stringify(one.default)}\``,
    range(one),
    one.description ?? '',
  ])
  return table(['Option', 'Default', 'Range', 'Meaning'], rows)
}

/** The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced. */
export function withSection(text: string, name: string, content: string): string {
  const [opens, closes] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = text.indexOf(opens)
  const to = text.indexOf(closes)
  if (from < 0 || to < from) throw new Error(`the page must have ${opens} and then ${closes}`)
  return `${text.slice(0, from + opens.length)}\n${content}\n${text.slice(to)}`
}

/** What the file should hold and what it holds; written first where UPDATE_DOCS is 1. */
export function documentAt(
  url: URL,
  make: (current: string) => string,
): { readonly expected: string; readonly found: string } {
  const current = read(url)
  const expected = make(current)
  if (process.env['UPDATE_DOCS'] === '1' && expected !== current) writeFileSync(url, expected)
  return { expected, found: read(url) }
}

function criterionSection(one: DocumentedStrategy['criteria'][number]): string {
  const columns = Object.values(one.inputs)
  const needs = Math.max(...columns.map(({ warmUp }) => warmUp + 1))
  const listed = (named: DocumentedColumns): string =>
    Object.entries(named)
      .map(([name, { key }]) => `- \`${name}\`: ${columnInWords(key)}`)
      .join('\n')
  const beside = listed(one.evidence)
  const missing =
    needs === 1 ? 'with an input missing' : `with fewer than ${needs} bars or an input missing`
  return [
    `### \`${one.id}\` · ${one.label.en} · ${one.label.ko}`,
    `${one.maxPoints} ${one.maxPoints === 1 ? 'point' : 'points'}. ${one.rule.en}.`,
    `${one.rule.ko}.`,
    `Unknown ${missing}. Reads:`,
    listed(one.inputs),
    ...(beside === '' ? [] : ['Shows beside them:', beside]),
  ].join('\n\n')
}

const LONGEST_KEY = 120

// A long key helps nobody: its sources do.
function columnInWords(key: string): string {
  if (key.length <= LONGEST_KEY) return `\`${key}\``
  const sources = key.match(/\b(?:bars|flows|news|index|sessions)\.[A-Za-z.]+/g) ?? []
  return `computed from ${[...new Set(sources)].map((source) => `\`${source}\``).join(', ')}`
}

function grades({ scale }: DocumentedStrategy): string {
  const named = scale.thresholds.map((threshold, k) => `${scale.labels[k]} from ${threshold}`)
  return `Grades: ${[...named, scale.labels.at(-1)].join(', ')}.`
}

function screenLine({ screen }: DocumentedStrategy): string {
  const parts = [
    screen.minimumGrade === null ? '' : `grade ${screen.minimumGrade} or better`,
    screen.minimumScore === null ? '' : `score of at least ${screen.minimumScore}`,
    ...screen.conditions.map(({ id, label }) => `\`${id}\` ${label.en}`),
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : `Screen: ${parts.join('; ')}.`
}

function leaves(
  schema: OptionSchema,
  prefix: string,
): ReadonlyArray<readonly [string, OptionSchema]> {
  return Object.entries(schema.properties ?? {}).flatMap(([key, one]) => {
    const name = prefix === '' ? key : `${prefix}.${key}`
    if (one.properties === undefined) return [[name, one] as const]
    const inner = leaves(one, name)
    // A group of plain values takes the words of the group where its members have none.
    return inner.map(([leaf, value]) => [leaf, { ...describe(one), ...value }] as const)
  })
}

function describe({ description }: OptionSchema): { readonly description?: string } {
  return description === undefined ? {} : { description }
}

function range({ enum: values, minimum, exclusiveMinimum, maximum, type }: OptionSchema): string {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(', ')
  if (minimum !== undefined && maximum !== undefined) {
    return `${type === 'integer' ? 'whole, ' : ''}${minimum} to ${maximum}`
  }
  return exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`
}

function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function read(url: URL): string {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return ''
  }
}
