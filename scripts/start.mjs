// npm start: installs, builds and hands over to the command line.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build, install, ROOT } from './workspace.mjs'

install()
build({ types: false })
const main = join(ROOT, 'packages/cli/dist/main.js')
const { status } = spawnSync(process.execPath, [main, 'start', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
