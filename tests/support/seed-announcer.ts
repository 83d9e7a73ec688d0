import { randomInt } from 'node:crypto'

/** Chooses the seed of all property tests of a run, once, and prints it. */
export function setup(): void {
  process.env['FC_SEED'] ??= String(randomInt(2 ** 31))
  const seed = process.env['FC_SEED']
  if (!/^-?\d+$/.test(seed)) throw new Error(`FC_SEED must be an integer; found "${seed}"`)
  process.stdout.write(`fast-check seed: ${seed} (rerun with FC_SEED=${seed})\n`)
}
