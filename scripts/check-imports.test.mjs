import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { checkImports, cycleOfMap, importsOf } from './check-imports.mjs'
import { MAY_IMPORT } from './import-rules.mjs'

let folder = ''

function packageWith(name, files, dependencies = {}) {
  folder = mkdtempSync(join(tmpdir(), 'imports-'))
  const all = {
    'package.json': JSON.stringify({ name: `@ralph-stock/${name}`, dependencies }),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return checkImports([folder])
}

afterEach(() => {
  if (folder !== '') rmSync(folder, { recursive: true })
  folder = ''
})

describe('check-imports', () => {
  it('accepts an import that the map allows', () => {
    const problems = packageWith(
      'indicators',
      { 'src/index.ts': "import { bars } from '@ralph-stock/core'\n" },
      { '@ralph-stock/core': 'workspace:^' },
    )
    expect(problems).toEqual([])
  })

  it('refuses an import against the map', () => {
    const [problem] = packageWith('core', {
      'src/index.ts': "import { sma } from '@ralph-stock/indicators'\n",
    })
    expect(problem).toContain('may not import indicators')
  })

  it('refuses a reach into the files of another package', () => {
    const problems = packageWith(
      'engine',
      { 'src/index.ts': "export { x } from '@ralph-stock/core/src/x.js'\n" },
      { '@ralph-stock/core': 'workspace:^' },
    )
    expect(problems.join()).toContain('reaches into core')
  })

  it('refuses a cycle between files', () => {
    const problems = packageWith('core', {
      'src/a.ts': "import { b } from './b.js'\nexport const a = b\n",
      'src/b.ts': "import { a } from './a.js'\nexport const b = a\n",
    })
    expect(problems.join()).toContain('cycle:')
  })

  it('lets types close a circle', () => {
    const problems = packageWith('core', {
      'src/a.ts': "import type { B } from './b.js'\nexport type A = B\n",
      'src/b.ts': "import { a } from './a.js'\nexport type B = typeof a\n",
    })
    expect(problems).toEqual([])
  })

  it('refuses input, output and clocks in a pure package', () => {
    const problems = packageWith('core', {
      'src/a.ts': "import { readFileSync } from 'node:fs'\nexport const now = Date.now()\n",
    })
    expect(problems).toHaveLength(2)
  })

  it('refuses a dependency that is not declared', () => {
    const problems = packageWith('engine', { 'src/a.ts': "import mitt from 'mitt'\n" })
    expect(problems.join()).toContain('mitt, undeclared')
  })

  it('refuses a relative import that leaves the package', () => {
    const problems = packageWith('core', {
      'src/a.ts': "import { x } from '../../other/src/x.js'\n",
    })
    expect(problems.join()).toContain('leaves its package')
  })

  it('lets what tests share import what they may, and keeps it out of the rest', () => {
    const shared = { 'src/testing-desk.ts': "import { x } from '@ralph-stock/testing'\n" }
    expect(packageWith('engine', shared)).toEqual([])
    rmSync(folder, { recursive: true })
    const problems = packageWith('engine', {
      ...shared,
      'src/desk.ts': "import { x } from './testing-desk.js'\n",
    })
    expect(problems.join()).toContain('desk.ts imports test support')
  })

  it('refuses a dependency against the map that no file uses', () => {
    const dependencies = { '@ralph-stock/engine': 'workspace:^' }
    const problems = packageWith('core', { 'src/a.ts': 'export {}\n' }, dependencies)
    expect(problems).toEqual(['core may not depend on engine'])
  })

  it('finds a cycle between packages, and none in the map', () => {
    expect(cycleOfMap({ a: ['b'], b: ['c'], c: ['b'] })).toEqual(['b', 'c', 'b'])
    expect(cycleOfMap(MAY_IMPORT)).toBeNull()
  })

  it('reads imports over several lines and of all kinds', () => {
    const text =
      "import {\n a,\n} from './a.js'\nexport * from './b.js'\nawait import('./c.js')\nimport './d.js'\n"
    expect(importsOf(text)).toEqual(['./a.js', './b.js', './c.js', './d.js'])
  })
})
