import { mkdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const HERE = fileURLToPath(new URL('.', import.meta.url))
const BUILT = fileURLToPath(new URL('../../../.cache/faults', import.meta.url))

/** Packages of others stay where they are, found from the package that imports them. */
const othersStayOutside: Plugin = {
  name: 'others-stay-outside',
  setup(bundle) {
    bundle.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (isBuiltin(path)) return { path, external: true }
      if (path.startsWith('@ralph-stock/') || pluginData === HERE) return null
      const found = await bundle.resolve(path, { kind, resolveDir, pluginData: HERE })
      return { path: pathToFileURL(found.path).href, external: true }
    })
  },
}

/** Builds the service as a program for plain Node; gives its path. */
export async function buildChild(): Promise<string> {
  mkdirSync(BUILT, { recursive: true })
  await build({
    entry: [join(HERE, 'child.ts')],
    outDir: BUILT,
    format: 'esm',
    target: 'node20',
    config: false,
    silent: true,
    dts: false,
    noExternal: [/.*/],
    esbuildPlugins: [othersStayOutside],
    esbuildOptions: (options) => {
      options.conditions = ['@ralph-stock/source']
    },
  })
  return join(BUILT, 'child.js')
}
