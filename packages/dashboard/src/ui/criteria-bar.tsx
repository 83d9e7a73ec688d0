import './criteria-bar.css'
import type { StrategyView } from '../api/types.js'
import { formatPoints } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'

/** A line of a card as a bar needs it. */
export type BarLine = {
  readonly id: string
  readonly outcome: 'pass' | 'partial' | 'fail' | 'unknown'
  readonly points: number | null
  readonly maxPoints: number
}

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
  const told = (line: BarLine): string =>
    line.points === null
      ? `${nameOf(line.id)}: ${word('outcome', line.outcome)}`
      : `${nameOf(line.id)}: ${formatPoints(line.points)}/${formatPoints(line.maxPoints)}`
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
        aria-label={lines.map(told).join(', ') || t('word.score')}
      >
        {lines.map((line) => (
          <span
            key={line.id}
            className={line.outcome}
            style={{ flexGrow: line.maxPoints }}
            title={told(line)}
          >
            <i style={{ width: `${((line.points ?? 0) / line.maxPoints) * 100}%` }} />
          </span>
        ))}
      </div>
    </div>
  )
}
