import { preset } from '../../tsup.preset.js'

export default preset({ entry: { index: 'src/index.ts', demo: 'src/demo/index.ts' } })
