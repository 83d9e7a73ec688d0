import type { CriterionView } from '@ralph-stock/server/api'
import type { Words } from '../format/language.js'
import { formatNumber, formatPoints } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'

const MARKS = { pass: '●', partial: '◐', fail: '○', unknown: '?' } as const

/** One line of a card: points, outcome, why in words, and the rule behind it. */
export function Criterion({
  line,
  rule,
}: {
  readonly line: CriterionView
  readonly rule: Words | null
}) {
  const { t, say } = useWords()
  const evidence = Object.entries(line.evidence)
  return (
    <li className="criterion" data-criterion={line.id} data-outcome={line.outcome}>
      <strong>{say(line.label)}</strong>
      <span className={`outcome outcome-${line.outcome}`}>
        <span aria-hidden="true">{MARKS[line.outcome]} </span>
        {t(`outcome.${line.outcome}`)} {line.points === null ? '' : formatPoints(line.points)}
        <span className="muted"> / {formatPoints(line.maxPoints)}</span>
      </span>
      <p className="reason">{say(line.reason)}</p>
      <details>
        <summary>
          {t('card.rule')} · {t('card.evidence')}
        </summary>
        {rule !== null && <p className="rule">{say(rule)}</p>}
        <dl>
          {evidence.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value === null ? t('state.unknown') : formatNumber(value, 4)}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  )
}
