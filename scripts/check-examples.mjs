// Runs every example as a reader would, against the built packages, and compares what it prints with
// what its folder says that it prints.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, ROOT } from './workspace.mjs'

install()
build({ types: true })
const update = process.argv.includes('--update')
const folder = join(ROOT, 'examples')
let failed = 0
for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
  const home = join(folder, name)
  const main = ['index.mjs', 'index.cjs'].find((file) => existsSync(join(home, file)))
  if (main === undefined) continue
  const { status, stdout, stderr } = spawnSync(process.execPath, [main], {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const expectedPath = join(home, 'expected.txt')
  if (update) writeFileSync(expectedPath, stdout)
  const expected = existsSync(expectedPath) ? readFileSync(expectedPath, 'utf8') : stdout
  const passed = status === 0 && stdout === expected
  if (!passed) {
    failed++
    process.stderr.write(`${name}: exit ${status}\n${stdout}${stderr}\n`)
  }
  process.stdout.write(`${passed ? 'ok' : 'FAILED'}  examples/${name}\n`)
}
process.exitCode = failed === 0 ? 0 : 1
