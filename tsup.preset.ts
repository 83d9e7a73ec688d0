import { defineConfig, type Options } from 'tsup'

/** The one build set-up of all packages: ESM, CommonJS and both sets of types from `src`. */
export function preset(options: Options = {}): ReturnType<typeof defineConfig> {
  return defineConfig({
    entry: ['src/index.ts'],
    format: ['esm', 'cjs'],
    target: 'es2022',
    // `npm start` needs no types; a release and the pack checks do.
    dts: process.env['RALPH_STOCK_BUILD'] !== 'js',
    sourcemap: false,
    clean: true,
    splitting: true,
    treeshake: true,
    ...options,
  })
}
