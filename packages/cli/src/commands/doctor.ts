import type { Store, StoreReport } from '@ralph-stock/adapters-timescale'
import { withStore } from '../home.js'
import type { DoctorOptions } from '../options.js'
import { doctorView, LISTED } from '../output/doctor-view.js'
import { languageOf } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { type Context, print, printJson } from './command.js'

type Known = 'kind' | 'where' | 'migrations'

/** The state of a store; the public shape of `doctor --json`. Null is not known: a step is pending. */
export type DoctorReport = Pick<StoreReport, Known> & {
  /** Steps of the tables that the store lacks. */
  readonly pending: readonly string[]
} & { readonly [K in Exclude<keyof StoreReport, Known>]: StoreReport[K] | null }

/** `ralph-stock doctor`: looks the store over and changes nothing. Findings are no failure. */
export async function doctorCommand(options: DoctorOptions, { io }: Context): Promise<void> {
  const report = await withStore(options, io, 'as-is', examine)
  if (options.json) printJson(io.stdout, report)
  else {
    const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
    print(io.stdout, doctorView(report, screen))
  }
}

async function examine(store: Store): Promise<DoctorReport> {
  const { kind, where } = store
  const migrations = await store.migrations.status()
  const pending = migrations.flatMap(({ name, appliedAt }) => (appliedAt === null ? [name] : []))
  if (pending.length === 0) {
    const report = await store.inspect(LISTED)
    // Opened as it is, the store did not ask for TimescaleDB.
    return { ...report, kind: report.timescale === null ? kind : 'timescale', pending }
  }
  return {
    kind,
    where,
    migrations,
    pending,
    version: null,
    timescale: null,
    rows: null,
    gaps: null,
    haltedDays: null,
    suspicious: null,
  }
}
