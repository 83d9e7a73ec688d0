// Which package may import which: the map of the design, as data. Strategies do not know each other.
const CORE = ['core']
const STRATEGIES = [
  'strategies-vcp',
  'strategies-closing-bet',
  'strategies-daytrade',
  'strategies-market-gate',
]
const ADAPTERS = ['adapters-timescale', 'adapters-kiwoom', 'adapters-news']

export const MAY_IMPORT = {
  core: [],
  indicators: CORE,
  'strategies-vcp': [...CORE, 'indicators'],
  'strategies-closing-bet': [...CORE, 'indicators'],
  'strategies-daytrade': [...CORE, 'indicators'],
  'strategies-market-gate': [...CORE, 'indicators'],
  testing: CORE,
  engine: CORE,
  'adapters-timescale': CORE,
  'adapters-kiwoom': CORE,
  'adapters-news': CORE,
  chatbot: CORE,
  server: [...CORE, 'indicators', ...STRATEGIES, ...ADAPTERS, 'engine', 'chatbot'],
  dashboard: ['server'],
  cli: [
    ...CORE,
    'indicators',
    ...STRATEGIES,
    ...ADAPTERS,
    'engine',
    'chatbot',
    'server',
    'dashboard',
  ],
}

/** Packages that touch nothing outside their arguments: no Node module, no clock, no network. */
export const PURE = ['core', 'indicators', ...STRATEGIES]

/** Packages whose build holds all that they import: development dependencies declare it. */
export const BUNDLED = ['dashboard']

/** What a test may import beside what its package may. */
export const TESTS_MAY_IMPORT = ['testing', 'indicators', ...STRATEGIES, 'engine']
