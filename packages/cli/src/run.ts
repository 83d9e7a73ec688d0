import { CommanderError } from 'commander'
import { EXIT, exitCodeOf, failureLine, usageError } from './failure.js'
import type { Io } from './io.js'
import { createProgram } from './program.js'
import { knownStrategies } from './strategies.js'
import { VERSION } from './version.js'

/**
 * Runs one command line.
 *
 * @param args what follows the program's name
 * @returns the exit code: 0 done, 1 failed, 2 wrong usage; a failure is one line on stderr
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    const program = createProgram(VERSION, { io, strategies: knownStrategies() })
    if (args.length === 0) program.outputHelp()
    else await program.parseAsync(args, { from: 'user' })
    return EXIT.done
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done
    const known = error instanceof CommanderError ? usageOf(error) : error
    io.stderr.write(`${failureLine(known)}\n`)
    return exitCodeOf(known)
  }
}

function usageOf({ message }: CommanderError): unknown {
  return usageError(`${message.replace(/^error: |\.$/g, '')}; see ralph-stock --help`)
}
