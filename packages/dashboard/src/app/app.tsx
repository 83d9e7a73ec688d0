import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { useWords } from '../i18n/use-words.js'
import { useHealth } from '../live/use-live.js'
import { MarketPage } from '../market/market-page.js'
import type { Settings } from '../settings/settings.js'
import type { Store } from '../settings/store.js'
import { SettingsContext, useStore } from '../settings/use-settings.js'
import { Nothing, Skeleton } from '../ui/states.js'
import { ErrorBoundary } from './error-boundary.js'
import { type Services, ServicesContext, useServices } from './services.js'
import { Shell } from './shell.js'

const SignalsPage = lazy(async () => ({
  default: (await import('../signals/signals-page.js')).SignalsPage,
}))
const StockPage = lazy(async () => ({
  default: (await import('../stock/stock-page.js')).StockPage,
}))
const ScanPage = lazy(async () => ({ default: (await import('../scan/scan-page.js')).ScanPage }))
const SystemPage = lazy(async () => ({
  default: (await import('../system/system-page.js')).SystemPage,
}))

/** The whole page. */
export function App({
  services,
  cache,
  settings,
}: {
  readonly services: Services
  readonly cache: QueryClient
  readonly settings: Store<Settings>
}) {
  return (
    <SettingsContext value={settings}>
      <ServicesContext value={services}>
        <QueryClientProvider client={cache}>
          <Heartbeat />
          <Shell>
            <ErrorBoundary>
              <Suspense fallback={<Skeleton lines={8} />}>
                <Pages />
              </Suspense>
            </ErrorBoundary>
          </Shell>
        </QueryClientProvider>
      </ServicesContext>
    </SettingsContext>
  )
}

function Pages() {
  const { t } = useWords()
  return (
    <Switch>
      <Route path="/" component={MarketPage} />
      <Route path="/signals" component={SignalsPage} />
      <Route path="/stocks/:ticker">
        {({ ticker }) => <StockPage key={ticker} ticker={ticker.toUpperCase()} />}
      </Route>
      <Route path="/scan" component={ScanPage} />
      <Route path="/system" component={SystemPage} />
      <Route>
        <Nothing>{t('state.notFound')}</Nothing>
      </Route>
    </Switch>
  )
}

/** Connects the socket once the service has answered (it may want a key), and keeps the market's time. */
function Heartbeat() {
  const { live, clock, second } = useServices()
  const { data, dataUpdatedAt } = useHealth()
  const answered = data !== undefined
  useEffect(() => {
    if (answered) live.start()
  }, [answered, live])
  useEffect(() => {
    if (data === undefined) return
    const { now, speed } = data.session
    clock.tell(Date.parse(now) + (Date.now() - dataUpdatedAt) * speed, speed)
    second.set(clock.now())
  }, [data, dataUpdatedAt, clock, second])
  const key = useStore(useServices().keys.request)
  // A key was given: what waits for one tries again at once.
  useEffect(() => {
    if (key === null) live.nudge()
  }, [key, live])
  return null
}
