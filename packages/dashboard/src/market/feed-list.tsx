import type { FeedView } from '@ralph-stock/server/api'
import { UNKNOWN } from '../format/language.js'
import { formatAge } from '../format/times.js'
import { useWords } from '../i18n/use-words.js'
import { Age } from '../ui/age.js'

/** How a feed's state looks. */
export const FEED_TONES: Readonly<Record<FeedView['state'], string>> = {
  ok: 'good',
  stale: 'warn',
  down: 'bad',
  closed: 'closed',
  off: 'closed',
}

/** Each feed with its state and the age of its last message. */
export function FeedList({ feeds }: { readonly feeds: readonly FeedView[] }) {
  const { word } = useWords()
  return (
    <ul className="feeds">
      {feeds.map((feed) => (
        <li key={feed.name} className="feed" title={feed.detail}>
          <span>{word('feed', feed.name)}</span>
          <span className="pill" data-tone={FEED_TONES[feed.state]}>
            {word('feed', feed.state)}
          </span>
          <FeedAge feed={feed} />
        </li>
      ))}
    </ul>
  )
}

/** Age of a feed: it grows while the page is open. */
export function FeedAge({ feed }: { readonly feed: FeedView }) {
  const { language } = useWords()
  if (feed.last_at !== null) return <Age since={feed.last_at} />
  return <span>{feed.age_ms === null ? UNKNOWN : formatAge(feed.age_ms, language)}</span>
}
