import type { Browser, Page } from 'playwright-core'

type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  /** Time on the processor, µs: what else the machine does is not in it. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Work of the page's main thread while something happened, in ms of processor time. */
export type Tasks = {
  readonly count: number
  readonly p95: number
  readonly longest: number
}

// Shorter ones are not felt, and would flatter the percentile by their number.
const SHORTEST_MS = 1

/** Watches the main thread of a page while `during` runs. */
export async function watchTasks(
  browser: Browser,
  page: Page,
  during: () => Promise<void>,
): Promise<Tasks> {
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
  })
  await during()
  const trace: { traceEvents: TraceEvent[] } = JSON.parse((await browser.stopTracing()).toString())
  const mains = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}:${tid}`),
  )
  const tasks = trace.traceEvents
    .filter(({ name, ph }) => ph === 'X' && /RunTask$/.test(name))
    .filter(({ pid, tid }) => mains.has(`${pid}:${tid}`))
    .map(({ tdur, dur }) => (tdur ?? dur ?? 0) / 1000)
    .filter((ms) => ms >= SHORTEST_MS)
    .sort((a, b) => a - b)
  return {
    count: tasks.length,
    p95: tasks[Math.floor(tasks.length * 0.95)] ?? 0,
    longest: tasks.at(-1) ?? 0,
  }
}
