import './system.css'
import '../market/market.css'
import type { SystemHealthView } from '@ralph-stock/server/api'
import { formatNumber } from '../format/numbers.js'
import { formatDuration } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth } from '../live/use-live.js'
import { Facts, Panel } from '../ui/panel.js'
import { Loaded } from '../ui/states.js'
import { usePageTitle } from '../ui/use-page-title.js'
import { ApiKeyTable } from './api-keys.js'
import { FeedTable } from './feed-table.js'
import { JobTable } from './job-table.js'
import { ServiceTable } from './service-table.js'
import { StrategyTable } from './strategy-table.js'

/** How the service is: feeds, services, jobs, versions, keys. */
export function SystemPage() {
  const { t } = useWords()
  const health = useHealth()
  usePageTitle(t('system.title'))
  return (
    <>
      <div className="page-head">
        <h1>{t('system.title')}</h1>
        <nav className="system-links small" aria-label={t('system.links')}>
          <a href="/docs">{t('system.docs')}</a>
          <a href="/metrics">{t('system.metrics')}</a>
        </nav>
      </div>
      <Loaded query={health} lines={12}>
        {(data) => (
          <div className="system-grid">
            <Overview health={data} />
            <Panel title={t('system.feeds')}>
              <FeedTable feeds={data.feeds} />
            </Panel>
            <Panel title={t('system.services')}>
              <ServiceTable services={data.services} />
            </Panel>
            <Panel title={t('system.strategies')}>
              <StrategyTable strategies={data.strategies} />
            </Panel>
            <Panel title={t('system.jobs')} className="wide">
              <JobTable />
            </Panel>
            <Panel title={t('system.keys')} className="wide">
              <ApiKeyTable />
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  )
}

function Overview({ health }: { readonly health: SystemHealthView }) {
  const { t, word, language } = useWords()
  return (
    <Panel title={t(`system.${health.status}`)}>
      <Facts
        facts={[
          [t('word.version'), health.version],
          [t('system.uptime'), formatDuration(health.uptime_seconds * 1000, language)],
          [t('system.database'), word('system', health.database_status)],
          [t('system.broker'), word('system', health.broker_status)],
          [`${t('system.sockets')} · ${t('system.clients')}`, formatNumber(health.sockets.clients)],
          [t('system.topics'), formatNumber(health.sockets.topics)],
          [t('system.delivered'), formatNumber(health.sockets.delivered)],
        ]}
      />
    </Panel>
  )
}
