import './stock.css'
import { useQuery } from '@tanstack/react-query'
import { useServices } from '../app/services.js'
import { usePolling } from '../live/use-live.js'
import { Loaded } from '../ui/states.js'
import { usePageTitle } from '../ui/use-page-title.js'
import { Cards } from './cards.js'
import { ChartPanel } from './chart-panel.js'
import { Flows } from './flows.js'
import { Footprint } from './footprint.js'
import { SignalHistory } from './signal-history.js'
import { StockHead } from './stock-head.js'
import { useCards } from './use-cards.js'

/** One stock: its price, its chart, its flows, and what each strategy says of it. */
export function StockPage({ ticker }: { readonly ticker: string }) {
  const { queries } = useServices()
  const polling = usePolling()
  const detail = useQuery({ ...queries.stock(ticker), refetchInterval: polling })
  const signals = useQuery({ ...queries.stockSignals(ticker), refetchInterval: polling })
  const cards = useCards(ticker)
  usePageTitle(detail.data?.name ?? ticker)
  return (
    <Loaded query={detail} lines={10}>
      {(stock) => (
        <>
          <StockHead stock={stock} />
          <div className="stock-grid">
            <div className="stock-column">
              <ChartPanel
                ticker={ticker}
                cards={cards.data?.cards ?? []}
                signals={signals.data?.signals ?? []}
              />
              <Flows ticker={ticker} />
              <SignalHistory query={signals} />
            </div>
            <div className="stock-column">
              <Cards query={cards} />
              <Footprint cards={cards.data?.cards ?? []} />
            </div>
          </div>
        </>
      )}
    </Loaded>
  )
}
