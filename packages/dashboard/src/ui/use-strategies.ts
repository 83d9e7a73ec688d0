import type { StrategyView } from '../api/types.js'
import { useWords } from '../i18n/use-words.js'
import { useHealth } from '../live/use-live.js'

/** What the service says of a strategy, by its id. */
export function useStrategy(): (id: string) => StrategyView | undefined {
  const { data } = useHealth()
  return (id) => data?.strategies.find((one) => one.id === id)
}

/** The name of a strategy in the page's language; its id where the service knows none. */
export function useStrategyName(): (id: string) => string {
  const { say } = useWords()
  const strategyOf = useStrategy()
  return (id) => {
    const label = strategyOf(id)?.label
    return label === undefined ? id : say(label)
  }
}
