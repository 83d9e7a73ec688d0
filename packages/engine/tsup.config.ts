import { preset } from '../../tsup.preset.js'

export default preset({
  entry: {
    index: 'src/index.ts',
    demo: 'src/demo/index.ts',
    'history-worker': 'src/threads/history-worker.ts',
  },
  // CommonJS has no import.meta.url, by which the worker's file is found.
  shims: true,
})
