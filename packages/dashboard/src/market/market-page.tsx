import './market.css'
import { useWords } from '../i18n/use-words.js'
import { useGate } from '../live/use-live.js'
import { usePageTitle } from '../ui/use-page-title.js'
import { Candidates } from './candidates.js'
import { Gate } from './gate.js'
import { Indexes } from './indexes.js'
import { Sectors } from './sectors.js'
import { Session } from './session.js'

/** The market at a glance: may one buy, what moves, and does the page know it. */
export function MarketPage() {
  const { t } = useWords()
  const gate = useGate()
  usePageTitle(t('nav.market'))
  return (
    <>
      <h1 className="hidden">{t('nav.market')}</h1>
      <div className="market-grid">
        <div className="market-column">
          <Gate query={gate} />
          <Indexes query={gate} />
        </div>
        <Candidates />
        <Session />
        <Sectors query={gate} />
      </div>
    </>
  )
}
