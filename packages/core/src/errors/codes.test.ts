import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from './codes.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const PAGE = join(ROOT, 'docs/errors.md')
const CODE = /['"`](E_[A-Z]+(?:_[A-Z]+)+)['"`]/g

function sourceFiles(): string[] {
  const packages = readdirSync(join(ROOT, 'packages'))
  return packages
    .map((name) => join(ROOT, 'packages', name, 'src'))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => /\.tsx?$/.test(file) && !/\.test(-d)?\.tsx?$/.test(file))
}

function page(): string {
  const rows = Object.entries(ERROR_CODES).map(([code, words]) => `| \`${code}\` | ${words} |`)
  return `# Errors

Every error is a \`RalphError\` with a stable code. Codes are never reused; those of a plugin begin with \`X_\`.
Made from the table in \`packages/core/src/errors/codes.ts\`: \`UPDATE_DOCS=1 npx vitest run packages/core/src/errors\`.

| code | meaning |
|---|---|
${rows.join('\n')}
`
}

describe('error codes', () => {
  const thrown = new Map<string, string>()
  for (const file of sourceFiles()) {
    if (file.endsWith(join('errors', 'codes.ts'))) continue
    for (const [, code] of readFileSync(file, 'utf8').matchAll(CODE))
      thrown.set(code as string, file)
  }

  it('are all in the table', () => {
    const unlisted = [...thrown].filter(([code]) => !Object.hasOwn(ERROR_CODES, code))
    expect(unlisted).toEqual([])
  })

  it('are all documented, in the order of the table', () => {
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(PAGE, page())
    expect(readFileSync(PAGE, 'utf8')).toBe(page())
  })

  it('are said in one sentence each', () => {
    for (const words of Object.values(ERROR_CODES)) expect(words).toMatch(/^[A-Z].*\.$/)
  })

  it('of core are all used by core', () => {
    const ofCore = Object.keys(ERROR_CODES).filter((code) =>
      /^E_(?:PARAM|OPTIONS|DATE|PRICE|BARS|STRATEGY|INPUT|CRITERION|TICK|STOCK|SESSION|MARKET)_/.test(
        code,
      ),
    )
    expect(ofCore.filter((code) => !thrown.has(code))).toEqual([])
  })
})
