import { type BatchReport, tradeDate, type WriteCount } from '@ralph-stock/core'
import { inventedAmong } from '@ralph-stock/engine'
import { withStore } from '../home.js'
import { createProgress } from '../import/progress.js'
import { readFolder } from '../import/read-folder.js'
import type { ImportReport } from '../import/report.js'
import type { ImportOptions } from '../options.js'
import { importView } from '../output/import-view.js'
import { languageOf } from '../output/language.js'
import { createScreen } from '../output/screen.js'
import { type Context, print, printJson } from './command.js'

/**
 * `ralph-stock import DIR`: everything is read and checked before the store is opened, and written in
 * one transaction.
 */
export async function importCommand(
  folder: string,
  options: ImportOptions,
  { io }: Context,
): Promise<void> {
  const language = languageOf(options.lang, io.env)
  const progress = createProgress(io, language, !options.json)
  let report: ImportReport
  try {
    const read = await readFolder(folder, {
      knownAt: io.now(),
      onStep: progress.step,
      ...(options.listDate === undefined ? {} : { listDate: tradeDate(options.listDate) }),
    })
    report = await withStore(options, io, 'write', async (store) => {
      // Invented stocks among real ones would be ranked with them.
      const invented = inventedAmong((await store.summary()).sources)
      const demoRemoved = invented.length > 0
      progress.step('write')
      const written = await store.write({
        ...read.batch,
        ...(demoRemoved ? { replaces: invented } : {}),
      })
      const changed = demoRemoved || hasChanges(written)
      return { ...read.report, store: store.where, changed, demoRemoved, written }
    })
  } finally {
    progress.stop()
  }
  if (options.json) printJson(io.stdout, report)
  else print(io.stdout, importView(report, createScreen(io.stdout, io.env, language)))
}

function hasChanges(written: BatchReport): boolean {
  const touched = ({ inserted, updated }: WriteCount): boolean => inserted + updated > 0
  return Object.values(written).some(touched)
}
