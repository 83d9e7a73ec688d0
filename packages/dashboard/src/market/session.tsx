import type { SessionView } from '@ralph-stock/server/api'
import { useMarketTime } from '../app/services.js'
import { usePhase } from '../app/status-pills.js'
import { UNKNOWN } from '../format/language.js'
import { formatClock, formatInstant, formatMinute } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth } from '../live/use-live.js'
import { Facts, Panel } from '../ui/panel.js'
import { Loaded } from '../ui/states.js'
import { FeedList } from './feed-list.js'

/** Which session it is, and how old what the page shows is. */
export function Session() {
  const { t } = useWords()
  const health = useHealth()
  return (
    <Panel title={t('session.title')}>
      <Loaded query={health} lines={6}>
        {({ session, feeds }) => (
          <>
            <SessionFacts session={session} />
            <h3 className="small muted feeds-title">{t('feeds.title')}</h3>
            <FeedList feeds={feeds} />
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function SessionFacts({ session }: { readonly session: SessionView }) {
  const { t } = useWords()
  const phaseOf = usePhase()
  const now = useMarketTime()
  return (
    <>
      <p className="session-phase" data-phase={session.phase}>
        {phaseOf(session)}
      </p>
      <Facts
        facts={[
          [
            t('session.now'),
            <span key="now">
              {session.date} {formatClock(now)}
            </span>,
          ],
          [t('session.opens'), timeOf(session.opens_at, session.date)],
          [t('session.closes'), timeOf(session.closes_at, session.date)],
          [t('session.next'), session.next_session ?? UNKNOWN],
          [t('session.stored'), session.last_stored ?? UNKNOWN],
        ]}
      />
    </>
  )
}

// The date only where it is not today's.
function timeOf(instant: string | null, today: string): string {
  const text = formatInstant(instant)
  return text.startsWith(today) ? formatMinute(instant) : text
}
