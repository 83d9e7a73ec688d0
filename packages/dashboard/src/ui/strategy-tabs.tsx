import type { KeyboardEvent, ReactNode } from 'react'
import type { StrategyView } from '../api/types.js'
import { useWords } from '../i18n/use-words.js'

/** One tab per strategy; arrow keys move between them. */
export function StrategyTabs({
  label,
  panel,
  strategies,
  chosen,
  onChoose,
  badge,
}: {
  readonly label: string
  /** Id of the element that the tabs change. */
  readonly panel: string
  readonly strategies: readonly StrategyView[]
  readonly chosen: string
  readonly onChoose: (id: string) => void
  readonly badge?: (id: string) => ReactNode
}) {
  const { say } = useWords()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    const at = strategies.findIndex(({ id }) => id === chosen)
    const next = strategies[(at + step + strategies.length) % strategies.length]
    if (next === undefined) return
    event.preventDefault()
    onChoose(next.id)
    event.currentTarget.querySelector<HTMLElement>(`[data-strategy="${next.id}"]`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
      {strategies.map(({ id, label: name }) => (
        <button
          key={id}
          type="button"
          role="tab"
          data-strategy={id}
          aria-selected={id === chosen}
          aria-controls={panel}
          tabIndex={id === chosen ? 0 : -1}
          onClick={() => onChoose(id)}
        >
          {say(name)}
          {badge?.(id)}
        </button>
      ))}
    </div>
  )
}
