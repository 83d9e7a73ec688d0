import { useMarketTime } from '../app/services.js'
import { formatAge, formatInstant } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'

/** How long ago something was, on the market's clock. */
export function Age({ since }: { readonly since: string | null }) {
  const { language } = useWords()
  const now = useMarketTime()
  const age = since === null || now === null ? null : Math.max(0, now - Date.parse(since))
  return (
    <time dateTime={since ?? ''} title={formatInstant(since)}>
      {formatAge(age, language)}
    </time>
  )
}
