// Runs every example as a reader would, against the built packages, and compares what it prints with
// what its folder says that it prints.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, ROOT, readJson } from './workspace.mjs'

install()
build({ types: true })
const update = process.argv.includes('--update')
const folder = join(ROOT, 'examples')
let failed = 0
for (const name of examples()) {
  const home = join(folder, name)
  const command = commandOf(home)
  if (command === undefined) {
    failed++
    process.stderr.write(`examples/${name} has neither a "start" script nor an index.mjs\n`)
    continue
  }
  const { status, stdout, stderr } = spawnSync(command[0], command.slice(1), {
    cwd: home,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  const expectedPath = join(home, 'expected.txt')
  if (update && status === 0) writeFileSync(expectedPath, stdout)
  const expected = existsSync(expectedPath) ? readFileSync(expectedPath, 'utf8') : stdout
  const passed = status === 0 && stdout === expected
  if (!passed) {
    failed++
    process.stderr.write(`${name}: exit ${status}\n${stdout}${stderr}\n`)
  }
  process.stdout.write(`${passed ? 'ok' : 'FAILED'}  examples/${name}\n`)
}
process.exitCode = failed === 0 ? 0 : 1

function examples() {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

// What a reader would type: the "start" script, else the main file.
function commandOf(home) {
  const manifest = join(home, 'package.json')
  if (existsSync(manifest) && readJson(manifest).scripts?.start !== undefined) {
    return ['npm', 'start', '--silent']
  }
  const main = ['index.mjs', 'index.cjs'].find((file) => existsSync(join(home, file)))
  return main && [process.execPath, main]
}
