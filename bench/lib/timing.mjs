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
