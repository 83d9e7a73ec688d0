import type { CriterionView, MarketGateView } from '@ralph-stock/server/api'
import type { UseQueryResult } from '@tanstack/react-query'
import { formatPoints } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { Age } from '../ui/age.js'
import { Panel } from '../ui/panel.js'
import { Loaded } from '../ui/states.js'

/** The gate's level and score, and line by line what made it. */
export function Gate({ query }: { readonly query: UseQueryResult<MarketGateView> }) {
  const { t } = useWords()
  return (
    <Panel title={t('gate.title')} aside={query.data && <Age since={query.data.updated_at} />}>
      <Loaded query={query} lines={6}>
        {(gate) => (
          <>
            <div className="gate-level" data-level={gate.level}>
              <div>
                <div className="gate-name">{gate.level}</div>
                <div>{t(`gate.${gate.level}`)}</div>
              </div>
              <div className="gate-score">
                <b>{formatPoints(gate.score)}</b> / {formatPoints(gate.card.maxScore)}
                <div className="small">
                  {gate.live ? t('gate.live') : t('gate.atClose', { date: gate.as_of })}
                </div>
              </div>
            </div>
            <h3 className="hidden">{t('gate.made')}</h3>
            <ul className="lines">
              {gate.card.criteria.map((line) => (
                <GateLine key={line.id} line={line} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  )
}

function GateLine({ line }: { readonly line: CriterionView }) {
  const { t, say } = useWords()
  const { points, maxPoints } = line
  return (
    <li className="line">
      <strong>{say(line.label)}</strong>
      <span>
        {points === null
          ? t('outcome.unknown')
          : t('word.points', { points: formatPoints(points), max: formatPoints(maxPoints) })}
      </span>
      <div className={`meter ${line.outcome}`} aria-hidden="true">
        {points !== null && <i style={{ width: `${(points / maxPoints) * 100}%` }} />}
      </div>
      <p>{say(line.reason)}</p>
    </li>
  )
}
