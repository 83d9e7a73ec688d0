// npm run verify: all that CI checks, in CI's order. With --after-tests the tests ran before, and their
// report is taken; a missing report is a failure. The last line counts tests and other steps together.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { install, ROOT, readJson, run, TEST_REPORT } from './workspace.mjs'

const node = process.execPath
const bin = (name) => join(ROOT, 'node_modules/.bin', name)
const script = (name) => [node, [join(ROOT, 'scripts', name)]]
const steps = [
  ['format and lint', bin('biome'), ['ci', '.']],
  ['types', bin('tsc'), ['-b']],
  ['import directions', ...script('check-imports.mjs')],
  ['tests', ...script('test.mjs')],
  ['build', ...script('build.mjs')],
  ['examples', ...script('check-examples.mjs')],
  ['packed tarballs', ...script('check-packages.mjs')],
]
const afterTests = process.argv.includes('--after-tests')

/** How many tests passed and failed; a run that broke off without a failed test counts as one. */
function testCounts() {
  if (!existsSync(TEST_REPORT)) return { passed: 0, failed: 1 }
  const { success, numPassedTests, numFailedTests } = readJson(TEST_REPORT)
  return { passed: numPassedTests, failed: success ? 0 : Math.max(1, numFailedTests) }
}

install()
const results = []
for (const [name, command, args] of steps) {
  if (name === 'tests' && afterTests) continue
  const started = Date.now()
  process.stdout.write(`\n== ${name}\n`)
  const passed = run(command, args)
  results.push({ name, passed, seconds: (Date.now() - started) / 1000 })
}
process.stdout.write('\n')
for (const { name, passed, seconds } of results) {
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n`)
}
const tests = testCounts()
const others = results.filter(({ name }) => name !== 'tests')
const othersPassed = others.filter(({ passed }) => passed).length
const passed = tests.passed + othersPassed
const failed = tests.failed + others.length - othersPassed
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
