import { preset } from '../../tsup.preset.js'

export default preset({ entry: { index: 'src/index.ts', bridge: 'src/bridge/index.ts' } })
