import { preset } from '../../tsup.preset.js'

export default preset({
  entry: { index: 'src/index.ts', api: 'src/api/index.ts' },
  shims: true,
})
