import { run } from '../src/index.js'
import type { Output } from '../src/io.js'

/** What a command line gave. */
export type Call = { readonly code: number; readonly stdout: string; readonly stderr: string }

type CallOptions = {
  readonly env?: Readonly<Record<string, string>>
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A command line that is still running. */
export type RunningCall = {
  /** What it wrote so far. */
  readonly stdout: () => string
  /** Asks it to end, as Ctrl+C does. */
  readonly interrupt: () => void
  readonly ended: Promise<Call>
}

/** Starts a command line in this process, its streams in memory. */
export function begin(args: readonly string[], options: CallOptions = {}): RunningCall {
  const stdout: string[] = []
  const stderr: string[] = []
  const listeners = new Set<() => void>()
  const output = (lines: string[]): Output => ({
    isTTY: options.isTTY ?? false,
    columns: options.columns,
    write: (text) => {
      lines.push(text)
    },
  })
  const code = run(args, {
    stdout: output(stdout),
    stderr: output(stderr),
    env: options.env ?? {},
    now: () => Date.UTC(2026, 3, 1),
    onInterrupt: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  return {
    stdout: () => stdout.join(''),
    interrupt: () => {
      for (const listener of listeners) listener()
    },
    ended: code.then((ended) => ({
      code: ended,
      stdout: stdout.join(''),
      stderr: stderr.join(''),
    })),
  }
}

/** Runs a command line in this process to its end. */
export function call(args: readonly string[], options: CallOptions = {}): Promise<Call> {
  return begin(args, options).ended
}
