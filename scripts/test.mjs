// npm test: installs, builds what the command-line tests start, and runs every test.
import { join } from 'node:path'
import { build, install, ROOT, run } from './workspace.mjs'

install()
build({ types: false })
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
const passed = run(process.execPath, [vitest, 'run', ...process.argv.slice(2)])
process.exitCode = passed ? 0 : 1
