import { randomInt } from 'node:crypto'

/** Chooses the seed of all property tests of a run, once, and prints it. */
export function setup(): void {
  process.env['FC_SEED'] ??= String(randomInt(2 ** 31))
  process.stdout.write(`fast-check seed: ${process.env['FC_SEED']} (same run again: FC_SEED=...)\n`)
}
