// The first view's JavaScript, gzipped: the entry and all that it imports at once. Fails above the budget.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

export const BUDGET_BYTES = 200_000

/** Files of the first view with their gzipped sizes in bytes, from a build with a manifest. */
export function firstView(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8'))
  const chunks = Object.values(manifest)
  const wanted = new Set()
  const visit = (chunk) => {
    if (wanted.has(chunk.file)) return
    wanted.add(chunk.file)
    for (const name of chunk.imports ?? []) visit(manifest[name])
  }
  for (const chunk of chunks) if (chunk.isEntry) visit(chunk)
  return [...wanted].map((file) => ({
    file,
    bytes: gzipSync(readFileSync(join(folder, file))).length,
  }))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../dist')
  const files = firstView(folder)
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { file, bytes } of files)
    process.stdout.write(`${(bytes / 1000).toFixed(1)} kB  ${file}\n`)
  process.stdout.write(
    `first view: ${(total / 1000).toFixed(1)} of ${BUDGET_BYTES / 1000} kB gzipped\n`,
  )
  process.exitCode = total <= BUDGET_BYTES ? 0 : 1
}
