// npm test: installs, builds what the command-line tests start, and runs every test.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, install, ROOT, run, TEST_REPORT } from './workspace.mjs'

rmSync(TEST_REPORT, { force: true })
install()
build({ types: false })
const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${TEST_REPORT}`]
const passed = run(process.execPath, [vitest, 'run', ...reports, ...process.argv.slice(2)])
process.exitCode = passed ? 0 : 1
