import { useMarketTime } from '../app/services.js'
import { formatAge, formatInstant } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'

/** How long ago something was, on the market's clock. */
export function Age({
  since,
  ahead,
}: {
  readonly since: string | null
  /** What is said of an instant that is still to come, where one can be. */
  readonly ahead?: string
}) {
  const { language } = useWords()
  const now = useMarketTime()
  const age = since === null || now === null ? null : now - Date.parse(since)
  const early = ahead !== undefined && age !== null && age < 0
  return (
    <time dateTime={since ?? ''} title={formatInstant(since)}>
      {early ? ahead : formatAge(age, language)}
    </time>
  )
}
