import { directionOf, formatPercent, formatSigned } from '../format/numbers.js'
import { useWords } from '../i18n/use-words.js'

const ARROWS = { up: '▲', down: '▼', flat: '' } as const

/** A change with its sign, its arrow and its colour: never by colour alone. */
export function Change({
  change,
  changePct,
  digits = 0,
}: {
  /** In the unit of the price; left out where undefined. */
  readonly change?: number | null
  /** Percent. */
  readonly changePct: number | null
  readonly digits?: number
}) {
  const { t } = useWords()
  const direction = directionOf(changePct)
  return (
    <span className={`change ${direction}`}>
      <span aria-hidden="true">{ARROWS[direction]} </span>
      {direction === 'flat' && changePct !== null && (
        <span className="hidden">{t('price.flat')} </span>
      )}
      {change !== undefined && `${formatSigned(change, digits)} `}
      {formatPercent(changePct)}
    </span>
  )
}
