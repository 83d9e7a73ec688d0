// Packs every published package, lets publint and attw look at the tarballs, and installs them into a
// plain project outside the workspace that uses them from ESM, CommonJS and TypeScript.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build, install, packages, pnpm, ROOT, readJson, run } from './workspace.mjs'

install()
build({ types: true })
const home = mkdtempSync(join(tmpdir(), 'ralph-stock-pack-'))
const tarballs = join(home, 'tarballs')
mkdirSync(tarballs)
const bin = (name) => join(ROOT, 'node_modules/.bin', name)
const failures = []

for (const folder of packages()) {
  const name = basename(folder)
  const packed = pnpm(['pack', '--pack-destination', tarballs], { cwd: folder, quiet: true })
  const file = readdirSync(tarballs).find(
    (one) => one.startsWith(`ralph-stock-${name}-0`) || one.startsWith(`ralph-stock-${name}-1`),
  )
  const passed =
    packed &&
    file !== undefined &&
    run(bin('publint'), ['run', join(tarballs, file), '--strict'], { quiet: true }) &&
    (!isImported(folder) ||
      run(bin('attw'), [join(tarballs, file), '--profile', 'node16'], { quiet: true }))
  if (!passed) failures.push(name)
  process.stdout.write(`${passed ? 'ok' : 'FAILED'}  packed ${name}\n`)
}

if (!consume()) failures.push('consumer project')
rmSync(home, { recursive: true, force: true })
process.exitCode = failures.length === 0 ? 0 : 1

// A package of files alone, such as a page, has no types that could be wrong.
function isImported(folder) {
  const { exports } = readJson(join(folder, 'package.json'))
  return Object.keys(exports).some((path) => path !== './package.json')
}

function consume() {
  const project = join(home, 'project')
  cpSync(join(ROOT, 'scripts/consumer'), project, { recursive: true })
  const overrides = {}
  for (const folder of packages()) {
    const { name, version } = readJson(join(folder, 'package.json'))
    const file = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
    if (existsSync(join(tarballs, file))) overrides[name] = `file:${join(tarballs, file)}`
  }
  const wanted = packages()
    .map((folder) => basename(folder))
    .filter((name) => /^(?:core|indicators|engine|testing|strategies-.*)$/.test(name))
  const dependencies = Object.fromEntries(
    wanted.map((name) => [`@ralph-stock/${name}`, overrides[`@ralph-stock/${name}`]]),
  )
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies, overrides }
  manifest.dependencies['fast-check'] = readJson(
    join(ROOT, 'node_modules/fast-check/package.json'),
  ).version
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest, null, 2))
  const steps = [
    [
      'install',
      'npm',
      ['install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline'],
    ],
    ['ESM', process.execPath, ['card.mjs']],
    ['CommonJS', process.execPath, ['card.cjs']],
    ['types', bin('tsc'), ['-p', 'tsconfig.json']],
  ]
  for (const [label, command, args] of steps) {
    const passed = run(command, args, { cwd: project, quiet: true })
    process.stdout.write(`${passed ? 'ok' : 'FAILED'}  consumer project: ${label}\n`)
    if (!passed) return false
  }
  return true
}
