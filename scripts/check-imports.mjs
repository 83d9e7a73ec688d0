// Refuses imports against the map, cycles, reaches into another package's files, undeclared
// dependencies, and anything but plain computing in the pure packages.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BUNDLED, MAY_IMPORT, PURE, TESTS_MAY_IMPORT } from './import-rules.mjs'
import { filesBelow, packages, ROOT, readJson } from './workspace.mjs'

const SCOPE = '@ralph-stock/'
const IMPORT =
  /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm
const IMPURE =
  /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|console\.|process\.|setTimeout|setInterval|setImmediate|fetch\(|new WebSocket)/

/** The specifiers that a source text imports. */
export function importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3])
}

/** Everything that is wrong with the packages in `folders`, one line each. */
export function checkImports(folders) {
  const problems = []
  for (const folder of folders) {
    const manifest = readJson(join(folder, 'package.json'))
    const name = manifest.name.slice(SCOPE.length)
    const allowed = MAY_IMPORT[name]
    if (allowed === undefined) {
      problems.push(`${name} is not on the map in scripts/import-rules.mjs`)
      continue
    }
    problems.push(...checkManifest(manifest, { name, allowed }))
    const files = ['src', 'migrations']
      .flatMap((part) => filesBelow(join(folder, part)))
      .filter((path) => /\.tsx?$/.test(path))
    for (const path of files) {
      const test = isTest(path)
      problems.push(...checkFile(path, { name, folder, allowed, manifest, test }))
    }
    problems.push(...cyclesAmong(files.filter((path) => !/\.test\.tsx?$/.test(path))))
  }
  return problems
}

// Tests, and what several of them share: files beside them named `testing-...`.
function isTest(path) {
  return /\.test(?:-d)?\.tsx?$/.test(path) || /^testing-.*\.tsx?$/.test(basename(path))
}

// A dependency against the map is refused even where no file uses it yet.
function checkManifest(manifest, { name, allowed }) {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter((dependency) => dependency.startsWith(SCOPE))
    .map((dependency) => dependency.slice(SCOPE.length))
    .filter((dependency) => !allowed.includes(dependency))
    .map((dependency) => `${name} may not depend on ${dependency}`)
}

/** A round trip through the map of what may import what, or null: a map with one allows a cycle. */
export function cycleOfMap(map) {
  const visit = (name, trail) => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name]
    for (const next of map[name] ?? []) {
      const cycle = visit(next, [...trail, name])
      if (cycle !== null) return cycle
    }
    return null
  }
  for (const name of Object.keys(map)) {
    const cycle = visit(name, [])
    if (cycle !== null) return cycle
  }
  return null
}

function checkFile(path, { name, folder, allowed, manifest, test }) {
  const where = relative(ROOT, path)
  const text = readFileSync(path, 'utf8')
  const problems = []
  if (PURE.includes(name) && !test) {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    const impure = IMPURE.exec(code)
    if (impure !== null) problems.push(`${where} must stay pure; it uses ${impure[0]}`)
  }
  for (const specifier of importsOf(text)) {
    if (specifier.startsWith('.')) {
      const target = resolve(dirname(path), specifier)
      if (!target.startsWith(folder + sep) && !test)
        problems.push(`${where} leaves its package: ${specifier}`)
      if (isTest(target.replace(/\.js$/, '.ts')) && !test)
        problems.push(`${where} imports test support: ${specifier}`)
    } else if (specifier.startsWith(SCOPE)) {
      problems.push(...checkScoped(where, specifier, { name, allowed, manifest, test }))
    } else if (specifier.startsWith('node:')) {
      if (PURE.includes(name) && !test)
        problems.push(`${where} must stay pure; it imports ${specifier}`)
    } else if (!test) {
      const dependency = specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')
      if (!declares(manifest, dependency))
        problems.push(`${where} imports ${dependency}, undeclared`)
    }
  }
  return problems
}

function checkScoped(where, specifier, { name, allowed, manifest, test }) {
  const [target, ...rest] = specifier.slice(SCOPE.length).split('/')
  const problems = []
  if (/^(?:src|dist)$/.test(rest[0] ?? '')) {
    problems.push(`${where} reaches into ${target}: ${specifier}`)
  }
  const may = test ? [...allowed, ...TESTS_MAY_IMPORT, name] : allowed
  if (target.startsWith('test-')) {
    if (!test) problems.push(`${where} imports test support: ${specifier}`)
  } else if (!may.includes(target)) {
    problems.push(
      `${where} may not import ${target}: the map allows ${may.join(', ') || 'nothing'}`,
    )
  } else if (!test && !declares(manifest, `${SCOPE}${target}`)) {
    problems.push(`${where} imports ${SCOPE}${target}, undeclared`)
  }
  return problems
}

function declares(manifest, dependency) {
  const bundled = BUNDLED.includes(manifest.name.slice(SCOPE.length))
  const kinds = ['dependencies', 'peerDependencies', 'optionalDependencies']
  return [...kinds, ...(bundled ? ['devDependencies'] : [])].some(
    (kind) => manifest[kind]?.[dependency] !== undefined,
  )
}

function cyclesAmong(files) {
  const edges = new Map(
    files.map((path) => [
      path,
      importsOf(withoutTypes(readFileSync(path, 'utf8')))
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => resolve(dirname(path), specifier.replace(/\.js$/, '.ts')))
        .filter((target) => existsSync(target)),
    ]),
  )
  const state = new Map()
  const problems = []
  const visit = (path, trail) => {
    if (state.get(path) === 'done') return
    if (state.get(path) === 'open') {
      const cycle = [...trail.slice(trail.indexOf(path)), path].map((one) => relative(ROOT, one))
      problems.push(`cycle: ${cycle.join(' -> ')}`)
      return
    }
    state.set(path, 'open')
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path])
    state.set(path, 'done')
  }
  for (const path of files) visit(path, [])
  return problems
}

// Imports of types alone vanish when compiled, so they close no cycle.
function withoutTypes(text) {
  return text.replace(/^(?:import|export) type [^'"]*from\s*['"][^'"]+['"]/gm, '')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const problems = checkImports(packages())
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.stdout.write(`import directions: ${problems.length} problems\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
