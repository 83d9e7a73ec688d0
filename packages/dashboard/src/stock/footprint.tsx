import type { ScoreCardView } from '@ralph-stock/server/api'
import { formatPrice, formatShare } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { Panel } from '../ui/panel.js'
import { Nothing } from '../ui/states.js'
import { footprintOf } from './annotation.js'

/** The contractions that the chart shows, as a table. */
export function Footprint({ cards }: { readonly cards: readonly ScoreCardView[] }) {
  const { t } = useWords()
  const footprint = footprintOf(cards)
  if (footprint === null) return null
  const { pullbacks, shrinking, shrinkingInRow, pivot } = footprint
  const verdict = shrinking === true ? t('footprint.shrinking') : t('footprint.notShrinking')
  return (
    <Panel
      title={t('footprint.title')}
      aside={pivot !== null && `${t('chart.pivot')} ${formatPrice(pivot)}`}
    >
      {pullbacks.length === 0 ? (
        <Nothing>{t('footprint.none')}</Nothing>
      ) : (
        <>
          <p className="small">
            {shrinking !== null && verdict}
            {shrinkingInRow > 1 && ` · ${t('footprint.inRow', { count: shrinkingInRow })}`}
          </p>
          <table className="plain-table">
            <thead>
              <tr>
                <th scope="col">{t('footprint.pullback')}</th>
                <th scope="col" className="end">
                  {t('stock.high')}
                </th>
                <th scope="col" className="end">
                  {t('stock.low')}
                </th>
                <th scope="col" className="end">
                  {t('footprint.depth')}
                </th>
              </tr>
            </thead>
            <tbody>
              {pullbacks.map((pullback) => (
                <tr key={pullback.highDate}>
                  <td>
                    {pullback.highDate.slice(5)} – {pullback.lowDate.slice(5)}
                  </td>
                  <td className="end">{formatPrice(pullback.high)}</td>
                  <td className="end">{formatPrice(pullback.low)}</td>
                  <td className="end">{formatShare(pullback.depth, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Panel>
  )
}
