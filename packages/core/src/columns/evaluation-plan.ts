import type { Column, Kernel } from './column.js'

/** One kernel to run, by positions in the plan's slots. */
export type Step = {
  /** The first of `outputs`. */
  readonly slot: number
  readonly outputs: readonly number[]
  readonly inputs: readonly number[]
  readonly kernel: Kernel
  readonly whole: { readonly kernel: Kernel; readonly limit: number } | null
  /** Trailing values that one bar of the results needs of these slots. */
  readonly depth: number
  /**
   * The step is recursive or feeds a recursive one: it is computed from the first bar on, and goes on
   * from what it holds.
   */
  readonly persistent: boolean
}

/** Columns in the order that they are computed, each once. */
export type EvaluationPlan = {
  readonly columns: readonly Column[]
  readonly steps: readonly Step[]
  readonly sources: ReadonlyArray<{ readonly slot: number; readonly name: string }>
  /** Slots that the caller fills: cross-sections and what is reduced from sectors. */
  readonly given: ReadonlyArray<{ readonly slot: number; readonly column: Column }>
  /** Position of a column by its key. */
  readonly slotOf: ReadonlyMap<string, number>
}

/**
 * Orders everything that `roots` need. Columns of equal key share a slot, whoever reads them.
 */
export function planEvaluation(roots: readonly Column[]): EvaluationPlan {
  const columns: Column[] = []
  const slotOf = new Map<string, number>()
  const visit = (column: Column): number => {
    const known = slotOf.get(column.key)
    if (known !== undefined) return known
    if (column.operation.kind === 'kernel') column.operation.inputs.forEach(visit)
    for (const output of outputsOf(column)) slotOf.set(output.key, columns.push(output) - 1)
    return slotOf.get(column.key) as number
  }
  roots.forEach(visit)
  const slotsOf = (inputs: readonly Column[]): number[] =>
    inputs.map((input) => slotOf.get(input.key) as number)

  const depth = new Array<number>(columns.length).fill(1)
  const persistent = new Array<boolean>(columns.length).fill(false)
  // Consumers stand after their inputs, so from the last to the first every consumer is settled.
  for (let slot = columns.length - 1; slot >= 0; slot--) {
    const { operation } = columns[slot] as Column
    if (operation.kind !== 'kernel') continue
    // A group stands together and is computed at once, so its first slot speaks for all.
    const first = slot - outputsOf(columns[slot] as Column).indexOf(columns[slot] as Column)
    depth[first] = Math.max(depth[first] as number, depth[slot] as number)
    if (persistent[slot] === true) persistent[first] = true
    if (first < slot) continue
    const recursive = operation.reach === Number.POSITIVE_INFINITY
    if (recursive) persistent[slot] = true
    for (const input of slotsOf(operation.inputs)) {
      const needed = (depth[slot] as number) + (recursive ? 0 : operation.reach - 1)
      depth[input] = Math.max(depth[input] as number, needed)
      if (persistent[slot] === true) persistent[input] = true
    }
  }

  const steps: Step[] = []
  const sources: { slot: number; name: string }[] = []
  const given: { slot: number; column: Column }[] = []
  columns.forEach((column, slot) => {
    const { operation } = column
    if (operation.kind === 'source') sources.push({ slot, name: operation.name })
    else if (operation.kind !== 'kernel') given.push({ slot, column })
    else if (outputsOf(column)[0] === column) {
      const allSources = operation.inputs.every((input) => input.operation.kind === 'source')
      steps.push({
        slot,
        outputs: slotsOf(outputsOf(column)),
        inputs: slotsOf(operation.inputs),
        kernel: operation.kernel,
        whole: allSources ? (operation.whole ?? null) : null,
        depth: depth[slot] as number,
        persistent: persistent[slot] as boolean,
      })
    }
  })
  return { columns, steps, sources, given, slotOf }
}

/** What is computed together with a column, itself included. */
function outputsOf(column: Column): readonly Column[] {
  const { operation } = column
  return operation.kind === 'kernel' && operation.group !== undefined ? operation.group : [column]
}

/** The names of all source columns that `column` reads, directly or not. */
export function sourcesOf(column: Column): readonly string[] {
  const { operation } = column
  if (operation.kind === 'source') return [operation.name]
  const inputs = operation.kind === 'kernel' ? operation.inputs : [operation.input]
  return [...new Set(inputs.flatMap(sourcesOf))]
}
