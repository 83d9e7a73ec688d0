import { useEffect, useState } from 'react'
import { formatNumber } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { useConnection, useHealth } from '../live/use-live.js'
import { useServices } from './services.js'

// A connection that is back at once was not worth a word.
const PATIENCE_MS = 1500

/** What must be known on every page: that data are invented, and that the page may be late. */
export function Banners() {
  const { t } = useWords()
  const { live } = useServices()
  const { data } = useHealth()
  const lost = useLostConnection()
  return (
    <>
      {data?.session.invented === true && (
        <p className="banner" data-banner="invented">
          <strong>{t('invented.title')}</strong> · {t('invented.text')}
          {data.session.speed !== 1 &&
            ` ${t('invented.speed', { speed: formatNumber(data.session.speed, 1) })}`}
        </p>
      )}
      <div role="status">
        {lost && (
          <p className="banner lost">
            {t('live.lost')}
            <button type="button" className="button" onClick={live.nudge}>
              {t('live.retry')}
            </button>
          </p>
        )}
      </div>
    </>
  )
}

function useLostConnection(): boolean {
  const { state } = useConnection()
  const away = state !== 'live'
  const [lost, setLost] = useState(false)
  useEffect(() => {
    if (!away) {
      setLost(false)
      return
    }
    const timer = setTimeout(() => setLost(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [away])
  return lost
}
