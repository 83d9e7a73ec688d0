import type { SignalView } from '@ralph-stock/server/api'
import { useMemo } from 'react'
import type { SignalStatus } from '../api/queries.js'
import type { StrategyView } from '../api/types.js'
import { formatPrice, formatShare } from '../format/numbers.js'
import { formatInstant } from '../format/times.js'
import { type Speech, useWords } from '../i18n/use-words.js'
import { Age } from '../ui/age.js'
import { Change } from '../ui/change.js'
import type { Column } from '../ui/column.js'
import { CriteriaBar } from '../ui/criteria-bar.js'
import { Grade } from '../ui/grade.js'
import { LivePrice } from '../ui/live-price.js'
import { signalSince } from './since.js'

/** The columns of a strategy's signals. */
export function useSignalColumns(
  strategy: StrategyView,
  status: SignalStatus,
): readonly Column<SignalView>[] {
  const words = useWords()
  return useMemo(
    () => [...first(words, strategy), ...(status === 'OPEN' ? open(words) : closed(words))],
    [words, strategy, status],
  )
}

function first({ t }: Speech, strategy: StrategyView): Column<SignalView>[] {
  return [
    {
      id: 'grade',
      label: t('word.grade'),
      width: '4rem',
      sorts: 'down',
      cell: ({ grade }) => <Grade grade={grade} />,
    },
    {
      id: 'stock',
      label: t('word.stock'),
      width: '22%',
      sorts: 'up',
      cell: (signal) => (
        <>
          <a className="stock-name" href={`/stocks/${signal.ticker}`}>
            {signal.name}
          </a>
          <span className="stock-sub">
            {signal.ticker} · {signal.market}
            {signal.sector !== null && ` · ${signal.sector}`}
          </span>
        </>
      ),
    },
    {
      id: 'score',
      label: t('word.score'),
      width: '18%',
      sorts: 'down',
      cell: (signal) => (
        <CriteriaBar
          score={signal.score}
          maxScore={signal.max_score}
          strategy={strategy}
          lines={signal.criteria.map((line) => ({ ...line, maxPoints: line.max_points }))}
        />
      ),
    },
    {
      id: 'coverage',
      label: t('word.coverage'),
      width: '5rem',
      end: true,
      sorts: 'down',
      cell: ({ coverage }) => (
        <>
          <span className="phone-only muted">{t('word.coverage')} </span>
          {formatShare(coverage)}
        </>
      ),
    },
  ]
}

function open(words: Speech): Column<SignalView>[] {
  const { t } = words
  return [
    {
      id: 'price',
      label: `${t('word.price')} · ${t('word.change')}`,
      width: '8.5rem',
      end: true,
      sorts: 'down',
      cell: ({ ticker }) => <LivePrice ticker={ticker} />,
    },
    {
      id: 'plan',
      label: t('signals.plan'),
      width: '17rem',
      cell: (signal) => <PlanCell signal={signal} words={words} />,
    },
    {
      id: 'age',
      label: t('signals.age'),
      width: '6rem',
      end: true,
      sorts: 'up',
      cell: (signal) => (
        <>
          <Age since={signalSince(signal)} ahead={t('signals.today')} />
          <span className="stock-sub">
            {signal.entered ? signal.signal_date : t('signals.waits')}
          </span>
        </>
      ),
    },
  ]
}

function closed(words: Speech): Column<SignalView>[] {
  const { t, word } = words
  return [
    {
      id: 'plan',
      label: t('signals.plan'),
      width: '17rem',
      cell: (signal) => <PlanCell signal={signal} words={words} />,
    },
    {
      id: 'result',
      label: t('signals.result'),
      width: '10rem',
      end: true,
      sorts: 'down',
      cell: (signal) => (
        <>
          <Change changePct={signal.return_pct} />
          <span className="stock-sub">
            {signal.exit_reason !== null && word('exit', signal.exit_reason)} {signal.exit_date}
          </span>
        </>
      ),
    },
    {
      id: 'opened',
      label: t('word.date'),
      width: '7rem',
      end: true,
      cell: ({ signal_date, created_at }) => (
        <span title={formatInstant(created_at)}>{signal_date}</span>
      ),
    },
  ]
}

function PlanCell({ signal, words }: { readonly signal: SignalView; readonly words: Speech }) {
  const { t } = words
  const parts = [
    [t('word.entry'), signal.entry_price],
    [t('word.target'), signal.target_price],
    [t('word.stop'), signal.stop_price],
  ] as const
  return (
    <span className="plan-cell">
      {parts.map(([name, value]) => (
        <span key={name}>
          <small>{name}</small>
          {formatPrice(value)}
        </span>
      ))}
    </span>
  )
}
