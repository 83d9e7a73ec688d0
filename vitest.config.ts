import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Tests run on the sources of the workspace: nothing has to be built first. Node gets these conditions
// too, so 'import' and 'module' stay out: a CommonJS package would then require ES modules.
const conditions = ['@ralph-stock/source', 'node']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['packages/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'scripts/**/*.test.mjs'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tests/support/seed-announcer.ts'],
    setupFiles: ['tests/support/seed.ts'],
    // Files wait for databases, sockets and browsers as often as they compute: two cores take two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.test-d.ts'],
      thresholds: {
        'packages/core/src/**': { statements: 100, branches: 100, functions: 100, lines: 100 },
        'packages/indicators/src/**': {
          statements: 100,
          branches: 100,
          functions: 100,
          lines: 100,
        },
        statements: 90,
        branches: 90,
        functions: 90,
        lines: 90,
      },
    },
  },
})
