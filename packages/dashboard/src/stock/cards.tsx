import type { ScoreCardView } from '@ralph-stock/server/api'
import type { UseQueryResult } from '@tanstack/react-query'
import type { StockScore } from '../api/types.js'
import { formatNumber, formatPoints, formatPrice, formatShare } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { CriteriaBar } from '../ui/criteria-bar.js'
import { Grade } from '../ui/grade.js'
import { Panel } from '../ui/panel.js'
import { Loaded, Nothing } from '../ui/states.js'
import { useStrategy, useStrategyName } from '../ui/use-strategies.js'
import { Criterion } from './criterion.js'

/** What each strategy says of the stock, criterion by criterion. */
export function Cards({ query }: { readonly query: UseQueryResult<StockScore> }) {
  const { t } = useWords()
  return (
    <Panel title={t('card.title')} aside={query.data?.live === true && t('card.live')}>
      <Loaded query={query} lines={12}>
        {({ cards }) =>
          cards.length === 0 ? (
            <Nothing>{t('card.none')}</Nothing>
          ) : (
            cards.map((card, at) => <Card key={card.strategyId} card={card} open={at === 0} />)
          )
        }
      </Loaded>
    </Panel>
  )
}

function Card({ card, open }: { readonly card: ScoreCardView; readonly open: boolean }) {
  const { t } = useWords()
  const strategy = useStrategy()(card.strategyId)
  const name = useStrategyName()(card.strategyId)
  return (
    <details className="card" open={open} data-card={card.strategyId}>
      <summary>
        <Grade grade={card.grade} />
        <span>
          <strong>{name}</strong>
          <span className="small muted">
            {' '}
            {card.asOf} · {t('word.coverage')} {formatShare(card.coverage)}
          </span>
        </span>
        <CriteriaBar
          score={card.score}
          maxScore={card.maxScore}
          lines={card.criteria}
          strategy={strategy}
        />
      </summary>
      <CardNotes card={card} />
      <ul>
        {card.criteria.map((line) => (
          <Criterion
            key={line.id}
            line={line}
            rule={strategy?.criteria.find(({ id }) => id === line.id)?.rule ?? null}
          />
        ))}
      </ul>
      <Plan plan={card.plan} />
    </details>
  )
}

function CardNotes({ card }: { readonly card: ScoreCardView }) {
  const { t, word } = useWords()
  const { passed, failed } = card.screen
  return (
    <p className="card-notes">
      {Object.entries(card.subScores).map(([id, points]) => (
        <span key={id}>
          {word('sub', id)} {formatPoints(points)}
        </span>
      ))}
      <span className={passed ? '' : 'warn'}>
        {passed
          ? t('card.screened')
          : failed.length === 0
            ? t('card.dropped')
            : t('card.droppedBy', {
                conditions: failed.map((id) => word('screen', id)).join(', '),
              })}
      </span>
      {card.outOfReach.length > 0 && (
        <span className="warn">{t('card.outOfReach', { grades: card.outOfReach.join(', ') })}</span>
      )}
      {card.flags.map((flag) => (
        <span key={flag} className="warn">
          {word('flag', flag)}
        </span>
      ))}
      {card.flows !== null && <span>{t(`card.flows.${card.flows}`)}</span>}
      {card.universeAsOf !== null && (
        <span>{t('card.universeAsOf', { date: card.universeAsOf })}</span>
      )}
      <span>v{card.strategyVersion}</span>
    </p>
  )
}

function Plan({ plan }: { readonly plan: ScoreCardView['plan'] }) {
  const { t } = useWords()
  if (plan === null) return <p className="card-plan muted">{t('card.noPlan')}</p>
  const parts = [
    [t('word.entry'), formatPrice(plan.entry)],
    [t('word.target'), formatPrice(plan.target)],
    [t('word.stop'), formatPrice(plan.stop)],
    [
      t('word.quantity'),
      plan.note === 'above-budget'
        ? t('word.aboveBudget')
        : t('word.shares', { count: formatNumber(plan.quantity) }),
    ],
  ] as const
  return (
    <p className="card-plan">
      {parts.map(([name, value]) => (
        <span key={name}>
          <span>{name}</span> <strong>{value}</strong>
        </span>
      ))}
    </p>
  )
}
