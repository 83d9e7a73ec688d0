// npm run bench [name ...]: every benchmark of bench/, or those whose path holds a name.
import { relative } from 'node:path'
import { build, filesBelow, install, ROOT, run } from './workspace.mjs'

install()
build({ types: false })
const wanted = process.argv.slice(2)
const found = filesBelow(`${ROOT}bench`)
  .filter((path) => path.endsWith('.bench.mjs'))
  .filter((path) => wanted.length === 0 || wanted.some((name) => path.includes(name)))
  .sort()
let passed = true
for (const path of found) {
  process.stdout.write(`\n# ${relative(ROOT, path)}\n`)
  passed = run(process.execPath, ['--expose-gc', path]) && passed
}
process.exitCode = passed ? 0 : 1
