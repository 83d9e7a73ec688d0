import './controls.css'
import './states.css'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { problemOf } from '../api/problem.js'
import { useWords } from '../i18n/use-words.js'

/** What stands where something is being loaded. */
export function Skeleton({ lines = 4 }: { readonly lines?: number }) {
  const { t } = useWords()
  return (
    <div className="skeleton" role="status">
      <span className="hidden">{t('state.loading')}</span>
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
        <i key={line} aria-hidden="true" />
      ))}
    </div>
  )
}

/** What stands where there is nothing, and what to do about it. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <div className="nothing">{children}</div>
}

/** What went wrong, with its code and a way to try again. */
export function Problem({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry?: () => void
}) {
  const { t } = useWords()
  const problem = problemOf(error)
  return (
    <div className="problem" role="alert">
      <strong>{t('state.error')}</strong>
      <code>{problem.code}</code>
      <p>{problem.code === 'E_PAGE_OFFLINE' ? t('state.offline') : problem.message}</p>
      {onRetry !== undefined && (
        <button type="button" className="button" onClick={onRetry}>
          {problem.code === 'E_PAGE_KEY' ? t('key.again') : t('state.retry')}
        </button>
      )}
    </div>
  )
}

/** What was loaded before but could not be loaded again. */
export function StaleNote({ error }: { readonly error: unknown }) {
  const { t } = useWords()
  return (
    <p className="stale-note" role="status">
      {t('state.stale')} · {problemOf(error).code}
    </p>
  )
}

/** An answer with the faces of its states: loading, error, stale, there. */
export function Loaded<T>({
  query,
  lines,
  children,
}: {
  readonly query: UseQueryResult<T>
  readonly lines?: number
  readonly children: (data: T) => ReactNode
}) {
  if (query.data === undefined) {
    if (query.isError) return <Problem error={query.error} onRetry={() => void query.refetch()} />
    return <Skeleton {...(lines === undefined ? {} : { lines })} />
  }
  return (
    <>
      {query.isError && <StaleNote error={query.error} />}
      {children(query.data)}
    </>
  )
}
