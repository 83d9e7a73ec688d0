import type { SessionView } from '@ralph-stock/server/api'
import { formatDuration } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { useConnection, useHealth } from '../live/use-live.js'
import { useMarketTime } from './services.js'

/** Whether the page hears of changes. */
export function ConnectionPill() {
  const { t } = useWords()
  const { state, problem } = useConnection()
  const tone = { live: 'good', connecting: 'warn', waiting: 'bad', stopped: 'bad' }[state]
  return (
    <span
      className="pill"
      data-tone={tone}
      data-connection={state}
      role="status"
      title={problem?.code}
    >
      {t(`live.${state}`)}
    </span>
  )
}

/** Phase of the session in words. */
export function usePhase(): (session: SessionView) => string {
  const { t, word } = useWords()
  return (session) =>
    session.is_session || session.phase !== 'closed'
      ? word('phase', session.phase)
      : t('phase.no-session')
}

/** The session's phase, and how long until it ends or begins. */
export function SessionPill() {
  const { t, language } = useWords()
  const { data } = useHealth()
  const phaseOf = usePhase()
  const now = useMarketTime()
  if (data === undefined) return null
  const { session } = data
  const left = now === null ? null : untilNext(session, now)
  return (
    <span className="pill session" data-tone={session.phase === 'closed' ? 'closed' : 'good'}>
      {phaseOf(session)}
      {left !== null &&
        ` · ${t(left.closes ? 'session.closesIn' : 'session.opensIn', { time: formatDuration(left.ms, language) })}`}
    </span>
  )
}

/** Ms until the close, or until the opening; null where neither is ahead today. */
export function untilNext(
  session: SessionView,
  now: number,
): { readonly closes: boolean; readonly ms: number } | null {
  const opens = session.opens_at === null ? null : Date.parse(session.opens_at)
  const closes = session.closes_at === null ? null : Date.parse(session.closes_at)
  if (opens !== null && now < opens) return { closes: false, ms: opens - now }
  return closes !== null && now < closes ? { closes: true, ms: closes - now } : null
}
