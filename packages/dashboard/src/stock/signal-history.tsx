import type { UseQueryResult } from '@tanstack/react-query'
import type { StockSignals } from '../api/types.js'
import {
  formatNumber,
  formatPercent,
  formatPoints,
  formatPrice,
  formatShare,
} from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { Change } from '../ui/change.js'
import { Grade } from '../ui/grade.js'
import { Panel } from '../ui/panel.js'
import { ScrollBox } from '../ui/scroll-box.js'
import { Loaded, Nothing } from '../ui/states.js'
import { useStrategyName } from '../ui/use-strategies.js'

/** Every signal that the stock had, and what came of it. */
export function SignalHistory({ query }: { readonly query: UseQueryResult<StockSignals> }) {
  const { t } = useWords()
  return (
    <Panel title={t('history.title')}>
      <Loaded query={query} lines={4}>
        {(data) =>
          data.signals.length === 0 ? (
            <Nothing>{t('history.none')}</Nothing>
          ) : (
            <>
              <p className="small muted">
                {t('history.summary', {
                  all: formatNumber(data.total_signals),
                  open: formatNumber(data.open_signals),
                  closed: formatNumber(data.closed_signals),
                  win: formatShare(data.win_rate),
                  mean: formatPercent(data.avg_return_pct),
                })}
              </p>
              <HistoryTable signals={data.signals} />
            </>
          )
        }
      </Loaded>
    </Panel>
  )
}

function HistoryTable({ signals }: { readonly signals: StockSignals['signals'] }) {
  const { t, word } = useWords()
  const nameOf = useStrategyName()
  return (
    <ScrollBox label={t('history.title')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('word.date')}</th>
            <th scope="col">{t('signals.strategies')}</th>
            <th scope="col">{t('word.grade')}</th>
            <th scope="col" className="end">
              {t('word.entry')}
            </th>
            <th scope="col" className="end">
              {t('signals.result')}
            </th>
          </tr>
        </thead>
        <tbody>
          {signals.map((signal) => (
            <tr key={`${signal.signal_type} ${signal.id}`}>
              <td>{signal.signal_date}</td>
              <td>{nameOf(signal.signal_type)}</td>
              <td>
                <Grade grade={signal.grade} /> {formatPoints(signal.score)}
              </td>
              <td className="end">{formatPrice(signal.entry_price)}</td>
              <td className="end">
                {signal.status === 'OPEN' ? (
                  t('signals.OPEN')
                ) : (
                  <>
                    <Change changePct={signal.return_pct} />{' '}
                    {signal.exit_reason !== null && word('exit', signal.exit_reason)}
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
