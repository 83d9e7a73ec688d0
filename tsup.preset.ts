import { defineConfig, type Options } from 'tsup'

// `npm start` needs no types; a release and the pack checks do.
const types = process.env['RALPH_STOCK_BUILD'] !== 'js'

/** The one build set-up of all packages: ESM, CommonJS and both sets of types from `src`. */
export function preset(options: Options = {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    // The types are bundled file by file, not as a project: what belongs to references must be off.
    // The other packages are read as published, from `dist`: pnpm builds them first.
    dts: types && {
      compilerOptions: {
        composite: false,
        incremental: false,
        tsBuildInfoFile: null,
        customConditions: [],
      },
    },
    sourcemap: false,
    clean: true,
    splitting: true,
    treeshake: true,
    ...options,
  })
}
