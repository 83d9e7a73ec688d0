// What the scripts share: where things are, running a command, one short line per phase.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CACHE = join(ROOT, '.cache')
export const TEST_REPORT = join(CACHE, 'tests.json')
const OLDEST_NODE = [20, 19]

export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** Ends the script with one line that says what to do. */
export function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

/** Runs a command in the checkout; quiet unless it fails. Gives whether it succeeded. */
export function run(command, args, { quiet = false, env = {}, cwd = ROOT } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  })
  if (quiet && result.status !== 0) process.stderr.write(`${result.stdout}${result.stderr}\n`)
  return result.status === 0
}

/** Runs the pinned pnpm, which npm fetches once. */
export function pnpm(args, options) {
  const { packageManager } = readJson(join(ROOT, 'package.json'))
  return run('npx', ['--yes', packageManager, ...args], options)
}

/** Installs what the lockfile says, unless that is done already. */
export function install() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(`Node >= ${OLDEST_NODE.join('.')} is needed; found ${process.versions.node}`)
  }
  const stamp = hashOf([join(ROOT, 'pnpm-lock.yaml'), ...manifests()])
  if (existsSync(join(ROOT, 'node_modules')) && stampOf('install') === stamp) return
  phase('Installing dependencies')
  if (!pnpm(['install', '--frozen-lockfile', '--prefer-offline'], { quiet: true })) {
    fail('The dependencies could not be installed; is the package registry reachable?')
  }
  writeStamp('install', stamp)
}

/** Builds the packages, unless their sources are those of the last build. */
export function build({ types }) {
  const kind = types ? 'build-types' : 'build-js'
  const stamp = hashOf(sources())
  const built = stampOf('build-types') === stamp || stampOf(kind) === stamp
  if (built && packages().every((one) => existsSync(join(one, 'dist')))) return
  phase(types ? 'Building packages and types' : 'Building packages')
  const env = { RALPH_STOCK_BUILD: types ? 'all' : 'js' }
  const args = ['-r', '--filter', './packages/*', '--workspace-concurrency=2', 'run', 'build']
  writeStamp('build-types', '')
  if (!pnpm(args, { quiet: true, env })) fail('The build failed; see the messages above')
  writeStamp(kind, stamp)
}

export function phase(text) {
  process.stderr.write(`${text} ...\n`)
}

/** Folders of the packages that are published. */
export function packages() {
  return readdirSync(join(ROOT, 'packages'))
    .map((name) => join(ROOT, 'packages', name))
    .filter((path) => existsSync(join(path, 'package.json')))
}

/** Every file below a folder, but not what is installed or built. */
export function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesBelow(path) : [path]
  })
}

function manifests() {
  const folders = ['packages', 'examples', 'tests'].map((name) => join(ROOT, name))
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'package.json')))
    .concat(join(ROOT, 'bench', 'package.json'))
    .filter((path) => existsSync(path))
}

function sources() {
  return packages()
    .flatMap((path) => filesBelow(path))
    .filter((path) => !/\.test\.ts$|\.md$|\.bundled_/.test(path))
    .concat(
      join(ROOT, 'tsup.preset.ts'),
      join(ROOT, 'tsconfig.base.json'),
      join(ROOT, 'pnpm-lock.yaml'),
    )
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.sort()) {
    if (!existsSync(path) || !statSync(path).isFile()) continue
    hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path))
  }
  return hash.digest('hex')
}

function stampOf(name) {
  const path = join(CACHE, `${name}.stamp`)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

function writeStamp(name, stamp) {
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(join(CACHE, `${name}.stamp`), stamp)
}
