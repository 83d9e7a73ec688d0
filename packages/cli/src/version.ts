import { readFileSync } from 'node:fs'

/** The version of this package, beside which both `src` and `dist` lie. */
export const VERSION: string = readVersion()

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  // Sound: a package file has a version.
  return (JSON.parse(text) as { readonly version: string }).version
}
