import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Folder of the built page; null where it is not installed or not built. */
export function dashboardFolder(): string | null {
  try {
    const manifest = createRequire(import.meta.url).resolve('@ralph-stock/dashboard/package.json')
    const folder = join(dirname(manifest), 'dist')
    return existsSync(join(folder, 'index.html')) ? folder : null
  } catch {
    return null
  }
}
