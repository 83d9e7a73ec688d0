import { run } from '../src/index.js'
import type { Output } from '../src/io.js'

/** What a command line gave. */
export type Call = { readonly code: number; readonly stdout: string; readonly stderr: string }

/** Runs a command line in this process, its streams in memory. */
export async function call(
  args: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>
    readonly isTTY?: boolean
    readonly columns?: number
  } = {},
): Promise<Call> {
  const stdout: string[] = []
  const stderr: string[] = []
  const output = (lines: string[]): Output => ({
    isTTY: options.isTTY ?? false,
    columns: options.columns,
    write: (text) => {
      lines.push(text)
    },
  })
  const code = await run(args, {
    stdout: output(stdout),
    stderr: output(stderr),
    env: options.env ?? {},
    now: () => Date.UTC(2026, 3, 1),
  })
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}
