import type { MarketGateView } from '@ralph-stock/server/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { directionOf, formatFraction, formatNumber } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { Panel } from '../ui/panel.js'
import { Loaded, Nothing } from '../ui/states.js'

/** Sectors from the strongest to the weakest. */
export function Sectors({ query }: { readonly query: UseQueryResult<MarketGateView> }) {
  const { t } = useWords()
  return (
    <Panel title={t('sectors.title')} aside={t('sectors.order')} className="sectors">
      <Loaded query={query} lines={12}>
        {({ sectors }) =>
          sectors.length === 0 ? (
            <Nothing>{t('sectors.none')}</Nothing>
          ) : (
            <SectorList sectors={sectors} />
          )
        }
      </Loaded>
    </Panel>
  )
}

function SectorList({ sectors }: { readonly sectors: MarketGateView['sectors'] }) {
  const { t } = useWords()
  const widest = Math.max(...sectors.map(({ change }) => Math.abs(change)))
  return (
    <ol>
      {sectors.map(({ sector, change, members }) => {
        const direction = directionOf(change)
        const width = widest === 0 ? 0 : (Math.abs(change) / widest) * 50
        return (
          <li
            key={sector}
            className="sector"
            title={`${sector} · ${t('sectors.members', { count: formatNumber(members) })}`}
          >
            <span>{sector}</span>
            <span className="sector-bar" aria-hidden="true">
              <i className={direction} style={{ width: `${width}%` }} />
            </span>
            <span className={direction}>{formatFraction(change)}</span>
          </li>
        )
      })}
    </ol>
  )
}
