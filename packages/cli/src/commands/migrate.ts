import type { MigrationStatus, Store } from '@ralph-stock/adapters-timescale'
import { withStore } from '../home.js'
import type { MigrateOptions, MigrateStep } from '../options.js'
import { languageOf } from '../output/language.js'
import { migrateView } from '../output/migrate-view.js'
import { createScreen } from '../output/screen.js'
import { type Context, print, printJson } from './command.js'

/** What became of the tables of a store; the public shape of `migrate --json`. */
export type MigrateReport = { readonly store: string } & (
  | { readonly step: 'up'; readonly taken: readonly string[] }
  | { readonly step: 'down'; readonly takenBack: string | null }
  | { readonly step: 'status'; readonly migrations: readonly MigrationStatus[] }
)

/** `ralph-stock migrate [up|down|status]`: brings the tables up to date, one step back, or lists the steps. */
export async function migrateCommand(
  step: MigrateStep,
  options: MigrateOptions,
  { io }: Context,
): Promise<void> {
  // Opened as it is: a store that migrates while it opens could not tell what was pending.
  const access = step === 'up' ? 'create-as-is' : 'as-is'
  const report = await withStore(options, io, access, (store) => migrate(step, store))
  if (options.json) printJson(io.stdout, report)
  else {
    const screen = createScreen(io.stdout, io.env, languageOf(options.lang, io.env))
    print(io.stdout, migrateView(report, screen))
  }
}

async function migrate(
  step: MigrateStep,
  { where, migrations }: Pick<Store, 'where' | 'migrations'>,
): Promise<MigrateReport> {
  switch (step) {
    case 'up':
      return { store: where, step, taken: await migrations.up() }
    case 'down':
      return { store: where, step, takenBack: await migrations.down() }
    case 'status':
      return { store: where, step, migrations: await migrations.status() }
  }
}
