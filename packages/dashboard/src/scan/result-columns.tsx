import { useMemo } from 'react'
import type { ScanEntry, StrategyView } from '../api/types.js'
import { formatMoney, formatShare } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import type { Column } from '../ui/column.js'
import { CriteriaBar } from '../ui/criteria-bar.js'
import { Grade } from '../ui/grade.js'
import { LivePrice } from '../ui/live-price.js'

/** The columns of a scan's result. */
export function useResultColumns(strategy: StrategyView): readonly Column<ScanEntry>[] {
  const { t, language } = useWords()
  return useMemo(
    () => [
      {
        id: 'grade',
        label: t('word.grade'),
        width: '4rem',
        sorts: 'down',
        cell: ({ card }) => <Grade grade={card.grade} />,
      },
      {
        id: 'stock',
        label: t('word.stock'),
        width: '28%',
        sorts: 'up',
        cell: ({ card }) => (
          <>
            <a className="stock-name" href={`/stocks/${card.ticker}`}>
              {card.name}
            </a>
            <span className="stock-sub">
              {card.ticker} · {card.market}
              {card.screen.passed && ` · ${t('card.screened')}`}
            </span>
          </>
        ),
      },
      {
        id: 'score',
        label: t('word.score'),
        width: '28%',
        sorts: 'down',
        cell: ({ card }) => (
          <CriteriaBar
            score={card.score}
            maxScore={card.maxScore}
            lines={card.criteria}
            strategy={strategy}
          />
        ),
      },
      {
        id: 'coverage',
        label: t('word.coverage'),
        width: '5rem',
        end: true,
        sorts: 'down',
        cell: ({ card }) => (
          <>
            <span className="phone-only muted">{t('word.coverage')} </span>
            {formatShare(card.coverage)}
          </>
        ),
      },
      {
        id: 'price',
        label: `${t('word.price')} · ${t('word.change')}`,
        width: '9rem',
        end: true,
        sorts: 'down',
        cell: ({ card, quote }) => (
          <LivePrice
            ticker={card.ticker}
            earlier={{
              price: quote?.close ?? null,
              changePct: quote?.change == null ? null : quote.change * 100,
            }}
          />
        ),
      },
      {
        id: 'value',
        label: t('word.tradedValue'),
        width: '8.5rem',
        end: true,
        sorts: 'down',
        cell: ({ quote }) => (
          <>
            <span className="phone-only muted">{t('word.tradedValue')} </span>
            {formatMoney(quote?.tradedValue, language)}
          </>
        ),
      },
    ],
    [t, language, strategy],
  )
}
