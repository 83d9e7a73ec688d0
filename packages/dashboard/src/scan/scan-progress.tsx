import type { JobView } from '@ralph-stock/server/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { ApiProblem } from '../api/problem.js'
import { useMarketTime, useServices } from '../app/services.js'
import { formatNumber } from '../format/numbers.js'
import { formatDuration } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { usePolling, useTopic } from '../live/use-live.js'
import { Problem } from '../ui/states.js'

/** A scan while it runs and how it ended. */
export function ScanProgress({
  job: id,
  strategy,
  known,
  onEnd,
}: {
  readonly job: string
  readonly strategy: string
  readonly known: JobView | undefined
  readonly onEnd: () => void
}) {
  const cache = useQueryClient()
  const { api } = useServices()
  const polling = usePolling()
  const [live, setLive] = useState<JobView | null>(null)
  // What was missed while the socket was away, or before it told anything.
  const { data: read, refetch } = useQuery({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => api.get<JobView>(`/api/system/jobs/${id}`, {}, signal),
    refetchInterval: polling,
  })
  useTopic(`job:${id}`, (event) => {
    if (event.kind === 'stale') void refetch()
    else if (event.update.type === 'job_update') setLive(event.update.data)
  })
  const job = later(live, read ?? known ?? null)
  const status = job?.status
  const ended = useEffectEvent(() => {
    onEnd()
    void cache.invalidateQueries({ queryKey: ['scan', strategy] })
    void cache.invalidateQueries({ queryKey: ['universe'] })
  })
  useEffect(() => {
    if (status === 'done' || status === 'failed') ended()
  }, [status])
  return job === null ? null : <Progress job={job} />
}

function Progress({ job }: { readonly job: JobView }) {
  const { t, language } = useWords()
  const now = useMarketTime()
  const { progress, error } = job
  const end = progress?.estimated_end_at
  const left = end == null || now === null ? null : Date.parse(end) - now
  const total = progress?.total ?? null
  const done = job.status === 'done'
  if (error !== null) return <Problem error={new ApiProblem(error.code, error.message, 0)} />
  return (
    <div className="progress" data-job={job.status}>
      <progress
        aria-label={t('scan.progress')}
        max={done ? 1 : (total ?? 1)}
        {...(done ? { value: 1 } : total === null ? {} : { value: progress?.done ?? 0 })}
      />
      <p role="status">
        <strong>{t(`job.${job.status}`)}</strong>
        {progress !== null && <span>{progress.step}</span>}
        {progress !== null && total !== null && (
          <span>
            {t('scan.step', { done: formatNumber(progress.done), total: formatNumber(total) })}
          </span>
        )}
        {left !== null && left > 0 && (
          <span className="muted">{t('scan.ends', { time: formatDuration(left, language) })}</span>
        )}
      </p>
    </div>
  )
}

// A job only goes forward: of two views of it the further one is the later.
function later(a: JobView | null, b: JobView | null): JobView | null {
  if (a === null || b === null) return a ?? b
  const rank = ({ status, progress }: JobView): number =>
    ({ queued: 0, running: 1, done: 1e12, failed: 1e12 })[status] + (progress?.done ?? 0)
  return rank(a) >= rank(b) ? a : b
}
