import { envelope, stockScore, tickerParams } from '../api/index.js'
import { ok } from '../plugins/index.js'
import { stockScoreView } from '../services/stock-views.js'
import { type Routes, together } from './routes.js'
import { analyzeErrors, openSignalsRoute, startScanRoute } from './strategy-routes.js'

const tag = 'vcp-scanner'
const strategy = 'vcp'

const analyzeTickerRoute: Routes = async (app, { context }) => {
  app.get(
    '/analyze/:ticker',
    {
      config: { scope: 'read', costly: true },
      schema: {
        tags: [tag],
        summary: 'The card of one stock, made now',
        params: tickerParams,
        response: { 200: envelope(stockScore), ...analyzeErrors },
      },
    },
    async ({ params: { ticker } }) =>
      ok(context, await stockScoreView(context, ticker, strategy, undefined)),
  )
}

/** The VCP scanner's own routes, when it runs alone. */
export const vcpScannerRoutes: Routes = together(
  openSignalsRoute({ url: '/signals', tag, strategy }, 'the VCP'),
  startScanRoute({ url: '/scan', strategy }, 'the VCP'),
  analyzeTickerRoute,
)
