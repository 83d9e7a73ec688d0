import type {
  ChartView,
  FlowView,
  MarketGateView,
  ScanResultView,
  SessionView,
  SignalView,
  StockDetail,
  SystemHealthView,
  UniverseView,
} from '@ralph-stock/server/api'
import { queryOptions } from '@tanstack/react-query'
import type { ApiClient } from './client.js'
import type {
  ApiKeys,
  BacktestKpi,
  JobPage,
  RealtimePrices,
  ScanState,
  SignalPage,
  StockPage,
  StockScore,
  StockSignals,
} from './types.js'

/** Names under which answers are kept: what is live is put there too. */
export const KEYS = {
  session: ['session'],
  gate: ['gate'],
  health: ['health'],
  signals: ['signals'],
  jobs: ['jobs'],
  score: (ticker: string) => ['stock', ticker, 'score'],
  stockSignals: (ticker: string) => ['stock', ticker, 'signals'],
} as const

const PAGE = 100
// More rows than any list of open signals has; a broken cursor must not read for ever.
const MOST_PAGES = 60

/** Which signals of a strategy a table shows. */
export type SignalStatus = 'OPEN' | 'CLOSED'

/** What the page reads from the service. */
export function createQueries(api: ApiClient) {
  return {
    session: () =>
      queryOptions({
        queryKey: KEYS.session,
        queryFn: ({ signal }) => api.get<SessionView>('/api/kr/session', {}, signal),
      }),
    gate: () =>
      queryOptions({
        queryKey: KEYS.gate,
        queryFn: ({ signal }) => api.get<MarketGateView>('/api/kr/market-gate', {}, signal),
      }),
    health: () =>
      queryOptions({
        queryKey: KEYS.health,
        queryFn: ({ signal }) => api.get<SystemHealthView>('/api/system/health', {}, signal),
      }),
    signals: (strategy: string, status: SignalStatus) =>
      queryOptions({
        queryKey: [...KEYS.signals, strategy, status],
        queryFn: ({ signal }) => allSignals(api, strategy, status, signal),
      }),
    kpi: () =>
      queryOptions({
        queryKey: ['kpi'],
        queryFn: ({ signal }) => api.get<BacktestKpi>('/api/kr/backtest-kpi', {}, signal),
      }),
    search: (text: string) =>
      queryOptions({
        queryKey: ['search', text],
        queryFn: ({ signal }) =>
          api.get<StockPage>('/api/kr/stocks', { search: text, limit: 12 }, signal),
        enabled: text !== '',
        staleTime: 60_000,
      }),
    prices: (tickers: readonly string[]) =>
      queryOptions({
        queryKey: ['prices', ...tickers],
        queryFn: ({ signal }) =>
          api.get<RealtimePrices>(
            '/api/kr/realtime-prices',
            { tickers: tickers.join(',') },
            signal,
          ),
      }),
    stock: (ticker: string) =>
      queryOptions({
        queryKey: ['stock', ticker, 'detail'],
        queryFn: ({ signal }) => api.get<StockDetail>(`/api/kr/stocks/${ticker}`, {}, signal),
      }),
    chart: (ticker: string, period: string) =>
      queryOptions({
        queryKey: ['stock', ticker, 'chart', period],
        queryFn: ({ signal }) =>
          api.get<ChartView>(`/api/kr/stocks/${ticker}/chart`, { period }, signal),
      }),
    flow: (ticker: string, days: number) =>
      queryOptions({
        queryKey: ['stock', ticker, 'flow', days],
        queryFn: ({ signal }) =>
          api.get<FlowView>(`/api/kr/stocks/${ticker}/flow`, { days }, signal),
      }),
    stockSignals: (ticker: string) =>
      queryOptions({
        queryKey: KEYS.stockSignals(ticker),
        queryFn: ({ signal }) =>
          api.get<StockSignals>(`/api/kr/stocks/${ticker}/signals`, { limit: PAGE }, signal),
      }),
    score: (ticker: string) =>
      queryOptions({
        queryKey: KEYS.score(ticker),
        queryFn: ({ signal }) => api.get<StockScore>(`/api/kr/stocks/${ticker}/score`, {}, signal),
      }),
    scanState: (strategy: string) =>
      queryOptions({
        queryKey: ['scan', strategy, 'state'],
        queryFn: ({ signal }) => api.get<ScanState>(`/api/kr/scan/${strategy}`, {}, signal),
      }),
    scanResult: (strategy: string, date: string | undefined) =>
      queryOptions({
        queryKey: ['scan', strategy, 'result', date ?? null],
        queryFn: ({ signal }) =>
          api.get<ScanResultView>(`/api/kr/scan/${strategy}/result`, { all: true, date }, signal),
        // Megabytes: read again when a scan ended, not when a window gets the focus.
        staleTime: Number.POSITIVE_INFINITY,
      }),
    universe: () =>
      queryOptions({
        queryKey: ['universe'],
        queryFn: ({ signal }) => api.get<UniverseView>('/api/kr/universe', {}, signal),
        staleTime: 60_000,
      }),
    jobs: () =>
      queryOptions({
        queryKey: KEYS.jobs,
        queryFn: ({ signal }) => api.get<JobPage>('/api/system/jobs', { limit: 50 }, signal),
      }),
    keys: () =>
      queryOptions({
        queryKey: ['keys'],
        queryFn: ({ signal }) => api.get<ApiKeys>('/api/system/keys', {}, signal),
      }),
  }
}
export type Queries = ReturnType<typeof createQueries>

async function allSignals(
  api: ApiClient,
  strategy: string,
  status: SignalStatus,
  abort: AbortSignal,
): Promise<readonly SignalView[]> {
  const signals: SignalView[] = []
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = { strategy, status, limit: PAGE, cursor }
    const answer = await api.get<SignalPage>('/api/kr/signals', query, abort)
    signals.push(...answer.signals)
    if (answer.next_cursor === null) break
    cursor = answer.next_cursor
    // Closed ones grow for ever: the latest few hundred are read.
    if (status === 'CLOSED' && page >= 4) break
  }
  return signals
}
