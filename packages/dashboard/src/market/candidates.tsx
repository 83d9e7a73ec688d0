import type { SignalView } from '@ralph-stock/server/api'
import { useQueries } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useServices } from '../app/services.js'
import { formatPoints } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth, useListedPrices, usePolling } from '../live/use-live.js'
import { signalStrategies } from '../signals/strategies.js'
import { Grade } from '../ui/grade.js'
import { LivePrice } from '../ui/live-price.js'
import { Panel } from '../ui/panel.js'
import { Nothing, Problem, Skeleton } from '../ui/states.js'

const SHOWN = 8

/** The best open signals of all strategies, S before A before B. */
export function Candidates() {
  const { t, say } = useWords()
  const { queries } = useServices()
  const { data: health } = useHealth()
  const strategies = signalStrategies(health)
  const polling = usePolling()
  const results = useQueries({
    queries: strategies.map(({ id }) => ({
      ...queries.signals(id, 'OPEN'),
      refetchInterval: polling,
    })),
  })
  const best = results
    .flatMap(({ data }) => data ?? [])
    .toSorted(byGrade)
    .slice(0, SHOWN)
  useListedPrices(best.map(({ ticker }) => ticker))
  const failed = results.find(({ isError, data }) => isError && data === undefined)
  const loading = health === undefined || results.some(({ isPending }) => isPending)
  const nameOf = (id: string): string => {
    const strategy = strategies.find((one) => one.id === id)
    return strategy === undefined ? id : say(strategy.label)
  }

  const body = (): React.ReactNode => {
    if (failed !== undefined) {
      return <Problem error={failed.error} onRetry={() => void failed.refetch()} />
    }
    if (loading) return <Skeleton lines={6} />
    if (best.length === 0) return <Nothing>{t('top.none')}</Nothing>
    return (
      <ul className="candidates">
        {best.map((signal) => (
          <li key={`${signal.signal_type} ${signal.id}`} className="candidate">
            <Grade grade={signal.grade} />
            <div>
              <Link href={`/stocks/${signal.ticker}`}>{signal.name}</Link>
              <span className="small muted">{nameOf(signal.signal_type)}</span>
            </div>
            <span className="small muted">
              {formatPoints(signal.score)}/{formatPoints(signal.max_score)}
            </span>
            <LivePrice ticker={signal.ticker} />
          </li>
        ))}
      </ul>
    )
  }

  return (
    <Panel title={t('top.title')} aside={<Link href="/signals">{t('top.all')}</Link>}>
      {body()}
    </Panel>
  )
}

// Scales differ between strategies: the share of the points is compared within a grade.
function byGrade(a: SignalView, b: SignalView): number {
  const rank = ({ grade }: SignalView): number => {
    const at = ['S', 'A', 'B'].indexOf(grade)
    return at < 0 ? 3 : at
  }
  return rank(a) - rank(b) || b.score / b.max_score - a.score / a.max_score
}
