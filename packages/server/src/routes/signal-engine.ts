import { type Routes, together } from './routes.js'
import { analyzeRoute, latestSignalsRoute, startScanRoute } from './strategy-routes.js'

const tag = 'signal-engine'
const strategy = 'closing-bet'

/** The signal engine's own routes, when it runs alone: the closing bet. */
export const signalEngineRoutes: Routes = together(
  latestSignalsRoute({ url: '/signals/latest', tag, strategy }),
  startScanRoute({ url: '/generate', strategy }, 'the closing bet'),
  analyzeRoute({ url: '/analyze', tag, strategy }),
)
