import type { JobView } from '@ralph-stock/server/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KEYS } from '../api/queries.js'
import type { JobPage } from '../api/types.js'
import { withJob } from '../api/upsert.js'
import { useServices } from '../app/services.js'
import { UNKNOWN } from '../format/language.js'
import { formatNumber } from '../format/numbers.js'
import { formatDuration, formatInstant } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { usePolling, useTopic } from '../live/use-live.js'
import { PlainTable } from '../ui/plain-table.js'
import { Loaded, Nothing } from '../ui/states.js'

const TONES = { queued: 'warn', running: 'warn', done: 'good', failed: 'bad' } as const

/** The work of the service, newest first, as it goes on. */
export function JobTable() {
  const { t } = useWords()
  const { queries } = useServices()
  const cache = useQueryClient()
  const query = useQuery({ ...queries.jobs(), refetchInterval: usePolling() })
  useTopic('jobs', (event) => {
    if (event.kind === 'stale') void cache.invalidateQueries({ queryKey: KEYS.jobs, exact: true })
    else if (event.update.type === 'job_update') {
      const { data: job } = event.update
      cache.setQueryData<JobPage>(KEYS.jobs, (page) =>
        page === undefined ? undefined : { ...page, jobs: withJob(page.jobs, job).slice(0, 50) },
      )
    }
  })
  return (
    <Loaded query={query} lines={6}>
      {({ jobs }) =>
        jobs.length === 0 ? <Nothing>{t('system.noJobs')}</Nothing> : <Rows jobs={jobs} />
      }
    </Loaded>
  )
}

function Rows({ jobs }: { readonly jobs: readonly JobView[] }) {
  const { t, word, language } = useWords()
  return (
    <PlainTable
      caption={t('system.jobs')}
      headings={[
        t('system.job'),
        t('system.status'),
        t('scan.progress'),
        t('system.started'),
        t('system.took'),
        t('system.attempts'),
      ]}
      rows={jobs.map((job) => ({
        key: job.id,
        cells: [
          [job.name, job.payload['strategy']]
            .filter((part) => typeof part === 'string')
            .join(' · '),
          <span key="status" className="pill" data-tone={TONES[job.status]}>
            {word('job', job.status)}
          </span>,
          <JobState key="state" job={job} />,
          formatInstant(job.started_at),
          job.started_at === null || job.finished_at === null
            ? UNKNOWN
            : formatDuration(Date.parse(job.finished_at) - Date.parse(job.started_at), language),
          formatNumber(job.attempts),
        ],
      }))}
    />
  )
}

function JobState({ job }: { readonly job: JobView }) {
  if (job.error !== null) {
    return (
      <span className="job-error">
        <code>{job.error.code}</code> {job.error.message}
      </span>
    )
  }
  if (job.progress === null) return <span>{UNKNOWN}</span>
  const { step, done, total } = job.progress
  return (
    <span>
      {step} {formatNumber(done)}
      {total !== null && ` / ${formatNumber(total)}`}
    </span>
  )
}
