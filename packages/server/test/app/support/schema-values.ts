import fc from 'fast-check'
import type { JsonSchema } from './openapi.js'

/** Texts that programs have stumbled over: SQL, paths, templates, controls, and letters of all kinds. */
const TRICKS = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '9007199254740993',
  '99999999999999999999999999',
  '0x10',
  "'; drop table stocks; --",
  "1' or '1'='1",
  '1) union select key_hash from api_keys--',
  '\\',
  '%',
  '_',
  '%00',
  '\u0000',
  '../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://127.0.0.1:5432/',
  '#{7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '\r\nx-injected: 1',
  '__proto__',
  'constructor',
  'toString',
  '\ud800',
  '\u202e005930',
  '삼성전자',
  '005930',
  '0126Z0',
  '٠٠٥٩٣٠',
  '2026-03-31',
  '2026-02-30',
  '0000-00-00',
  '9999-12-31',
  '-000001-01-01',
  'x'.repeat(300),
  '가'.repeat(300),
] as const

/** Any text, most often one that is known to make trouble. */
export const trickyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TRICKS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
)

/** Any JSON, deep and odd. */
export const trickyJson: fc.Arbitrary<unknown> = fc.oneof(
  trickyText,
  fc.jsonValue({ maxDepth: 4 }),
  fc.double({ noNaN: true }),
  fc.integer({ min: 1, max: 400 }).map(nested),
  fc.dictionary(trickyText, fc.oneof(trickyText, fc.double({ noNaN: true })), { maxKeys: 5 }),
)

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let k = 0; k < depth; k++) value = k % 2 === 0 ? [value] : { a: value }
  return value
}

/** Values that a schema mostly accepts, so that requests reach what lies behind it. */
export function accepted(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, properties, items, enum: values, anyOf } = schema
  if (Array.isArray(values)) return fc.constantFrom(...values)
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(accepted))
  if (type === 'object') {
    const fields = Object.entries((properties ?? {}) as Record<string, JsonSchema>)
    // Sound: it is a record of the same names.
    const model = Object.fromEntries(fields.map(([name, field]) => [name, accepted(field)]))
    return fc.record(model, { requiredKeys: requiredOf(schema) })
  }
  if (type === 'array') return fc.array(accepted((items ?? {}) as JsonSchema), { maxLength: 4 })
  if (type === 'integer' || type === 'number') return numberOf(schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'string') return textOf(schema)
  return trickyJson
}

function requiredOf(schema: JsonSchema): string[] {
  const { required } = schema
  return Array.isArray(required) ? required : []
}

function numberOf({ type, minimum, maximum }: JsonSchema): fc.Arbitrary<number> {
  const least = typeof minimum === 'number' ? minimum : -1000
  const most = typeof maximum === 'number' ? Math.min(maximum, 2 ** 31) : 1000
  const min = Math.ceil(Math.max(least, -(2 ** 31)))
  return type === 'integer'
    ? fc.integer({ min, max: Math.floor(most) })
    : fc.double({ min: least, max: most, noNaN: true })
}

// Of the demo market, so that something is found; and of none.
const TICKERS = ['D00001', 'D00002', 'D00010', '005930', '0126Z0', 'ZZZZZZ']
const DATES = ['2026-03-31', '2026-03-30', '2026-03-29', '2025-11-03', '2001-01-02', '9998-12-30']

function textOf({ format, pattern, description = '' }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date') return fc.constantFrom(...DATES)
  if (format === 'date-time')
    return fc.constantFrom(...DATES.map((date) => `${date}T00:00:00.000Z`))
  if (/A-Z\]\{6\}/.test(String(pattern)) || /ticker/i.test(String(description))) {
    return fc.constantFrom(...TICKERS)
  }
  return fc.oneof(fc.constantFrom('S', 'A', 'vcp', '2026-03-31~1~vcp', '1', 'D00001'), trickyText)
}
