import './criteria-bar.css'
import type { StrategyView } from '../api/types.js'
import { formatPoints } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'
import { type BarLine, segmentsBackground } from './segments.js'

/** A score as a bar of its criteria: as wide as what each can give, as full as what it gave. */
export function CriteriaBar({
  score,
  maxScore,
  lines,
  strategy,
}: {
  readonly score: number
  readonly maxScore: number
  readonly lines: readonly BarLine[]
  readonly strategy: StrategyView | undefined
}) {
  const { t, say, word } = useWords()
  const nameOf = (id: string): string => {
    const label = strategy?.criteria.find((one) => one.id === id)?.label
    return label === undefined ? id : say(label)
  }
  const told = lines
    .map(({ id, outcome, points, maxPoints }) =>
      points === null
        ? `${nameOf(id)}: ${word('outcome', outcome)}`
        : `${nameOf(id)}: ${formatPoints(points)}/${formatPoints(maxPoints)}`,
    )
    .join(', ')
  return (
    <div className="score-bar">
      <div className="score-line">
        <span>
          <strong>{formatPoints(score)}</strong>
          <span className="muted"> / {formatPoints(maxScore)}</span>
        </span>
      </div>
      <div
        className="segments"
        role="img"
        aria-label={told || t('word.score')}
        title={told}
        style={{ backgroundImage: segmentsBackground(lines) }}
      />
    </div>
  )
}
