import type { FeedView } from '@ralph-stock/server/api'
import { useWords } from '../i18n/use-words.js'
import { FEED_TONES, FeedAge } from '../market/feed-list.js'
import { PlainTable } from '../ui/plain-table.js'

/** Every feed with its state, its age and what the service says of it. */
export function FeedTable({ feeds }: { readonly feeds: readonly FeedView[] }) {
  const { t, word } = useWords()
  return (
    <PlainTable
      caption={t('system.feeds')}
      headings={[t('system.feed'), t('system.status'), t('system.age'), t('system.detail')]}
      rows={feeds.map((feed) => ({
        key: feed.name,
        cells: [
          word('feed', feed.name),
          <span key="state" className="pill" data-tone={FEED_TONES[feed.state]}>
            {word('feed', feed.state)}
          </span>,
          <FeedAge key="age" feed={feed} />,
          feed.detail,
        ],
      }))}
    />
  )
}
