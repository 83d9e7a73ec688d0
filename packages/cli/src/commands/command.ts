import type { Strategy } from '@ralph-stock/core'
import type { Io, Output } from '../io.js'

/** What every command works with. */
export type Context = { readonly io: Io; readonly strategies: readonly Strategy[] }

/** Writes lines. */
export function print(output: Output, lines: readonly string[]): void {
  output.write(`${lines.join('\n')}\n`)
}

/** Writes one JSON value, and nothing else. */
export function printJson(output: Output, value: unknown): void {
  output.write(`${JSON.stringify(value, null, 2)}\n`)
}
