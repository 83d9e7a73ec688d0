// Peers alternate within every round, so that a slow moment of the machine hits all of them.

/** Median milliseconds of each task over `rounds`, after one round that does not count. */
export async function race(tasks, rounds = 5) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      globalThis.gc?.()
      const started = process.hrtime.bigint()
      await task()
      const ms = Number(process.hrtime.bigint() - started) / 1e6
      if (round > 0) times[name].push(ms)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
}

const TURN_MS = 3
const WARM_UP_ROUNDS = 4

/**
 * Milliseconds of processor time of one call of each task, by round: many short rounds in which the
 * tasks take turns. What others run on the machine takes no processor time of ours, and a moment that
 * is slow all the same spoils a few rounds of all and the median of none. Quick tasks are called as
 * often as fills a turn; the rounds before these settle how often, and warm everything up.
 */
export function turns(tasks, rounds) {
  const names = Object.keys(tasks)
  const calls = Object.fromEntries(names.map((name) => [name, 1]))
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (const name of names) {
      const task = tasks[name]
      const count = calls[name]
      // Nobody pays for the garbage of the one before.
      globalThis.gc?.({ type: 'minor' })
      const started = process.cpuUsage()
      for (let call = 0; call < count; call++) task()
      const { user, system } = process.cpuUsage(started)
      const ms = (user + system) / 1000 / count
      if (round >= 0) times[name].push(ms)
      else calls[name] = Math.max(1, Math.ceil(TURN_MS / Math.max(ms, 0.001)))
    }
  }
  return times
}

export function median(list) {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

/** Prints rows of cells, columns aligned. */
export function table(rows) {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => String(row[k]).length)))
  for (const row of rows) {
    const cells = row.map((cell, k) =>
      k === 0 ? String(cell).padEnd(widths[k]) : String(cell).padStart(widths[k]),
    )
    process.stdout.write(`${cells.join('  ')}\n`)
  }
}

/** The unit of all goals: a plain sliding mean of 20 over every close of the market. */
export function unitPass(market, out) {
  for (const { series } of market.members) {
    const x = series.columns['bars.close']
    let sum = 0
    for (let i = 0; i < x.length; i++) {
      sum += x[i]
      if (i >= 20) sum -= x[i - 20]
      out[i] = i >= 19 ? sum / 20 : Number.NaN
    }
  }
}
