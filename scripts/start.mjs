// npm start: installs, builds and hands over to the command line.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { build, fail, install, ROOT } from './workspace.mjs'

install()
build({ types: false })
const main = join(ROOT, 'packages/cli/dist/main.js')
if (!existsSync(main))
  fail('The command line is not part of this build: packages/cli has no main.ts')
const { status } = spawnSync(process.execPath, [main, 'start', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
