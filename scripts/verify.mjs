// npm run verify: all that CI checks, in CI's order. With --after-tests the tests are taken as run.
import { join } from 'node:path'
import { build, install, ROOT, run } from './workspace.mjs'

const node = process.execPath
const bin = (name) => join(ROOT, 'node_modules/.bin', name)
const script = (name, ...args) => [node, [join(ROOT, 'scripts', name), ...args]]
const steps = [
  ['format and lint', bin('biome'), ['ci', '.']],
  ['types', bin('tsc'), ['-b']],
  ['import directions', ...script('check-imports.mjs')],
  ['tests', ...script('test.mjs')],
  ['examples', ...script('check-examples.mjs')],
  ['packed tarballs', ...script('check-packages.mjs')],
].filter(([name]) => name !== 'tests' || !process.argv.includes('--after-tests'))

install()
const results = []
for (const [name, command, args] of steps) {
  const started = Date.now()
  process.stdout.write(`\n== ${name}\n`)
  if (name === 'examples') build({ types: true })
  const passed = run(command, args)
  results.push({ name, passed, seconds: (Date.now() - started) / 1000 })
}
process.stdout.write('\n')
for (const { name, passed, seconds } of results) {
  process.stdout.write(`${passed ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n`)
}
const failed = results.filter(({ passed }) => !passed).length
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
