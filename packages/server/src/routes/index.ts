import type { BackendName } from '../service-names.js'
import { backtestRoutes } from './backtests.js'
import { chatbotGatewayRoutes, chatbotRoutes } from './chatbot.js'
import { daytradingRoutes } from './daytrading.js'
import { jonggaRoutes } from './jongga.js'
import { marketRoutes } from './market.js'
import { newsRoutes } from './news.js'
import { performanceRoutes } from './performance.js'
import { priceRoutes } from './prices.js'
import { type Routes, together } from './routes.js'
import { anyScanRoutes, scanRoutesOf } from './scan-routes.js'
import { scanStatusRoutes, signalScanRoutes } from './scans.js'
import { signalEngineRoutes } from './signal-engine.js'
import { signalRoutes, vcpSignalRoutes } from './signals.js'
import { stockDataRoutes } from './stock-data.js'
import { stockRoutes } from './stocks.js'
import { vcpScannerRoutes } from './vcp-scanner.js'

export type { Routes } from './routes.js'

/** The routes of a service. */
export type ServiceRoutes = {
  /** Under the service's own short names, for when it runs alone. */
  readonly own: Routes
  /** Under the gateway's names: served by the gateway, or forwarded to the service unchanged. */
  readonly gateway: Routes
}

/** The routes of each service behind the gateway. */
export const SERVICE_ROUTES: Readonly<Record<BackendName, ServiceRoutes>> = {
  'vcp-scanner': {
    own: vcpScannerRoutes,
    gateway: together(vcpSignalRoutes, scanRoutesOf('vcp')),
  },
  'signal-engine': {
    own: signalEngineRoutes,
    gateway: together(jonggaRoutes, signalScanRoutes, scanRoutesOf('closing-bet')),
  },
  'daytrading-scanner': {
    // Its own names are the gateway's.
    own: together(),
    gateway: together(daytradingRoutes, scanRoutesOf('daytrade')),
  },
  chatbot: { own: chatbotRoutes, gateway: chatbotGatewayRoutes },
}

/** What the gateway serves itself: all that belongs to no other service. */
export const gatewayRoutes: Routes = together(
  marketRoutes,
  stockRoutes,
  stockDataRoutes,
  priceRoutes,
  signalRoutes,
  scanStatusRoutes,
  anyScanRoutes,
  performanceRoutes,
  backtestRoutes,
  newsRoutes,
)
