import {
  type Column,
  type Criterion,
  type EvidenceDefinition,
  evidence,
  type Values,
} from '@ralph-stock/core'

/**
 * How many conditions of the template are known and how many of those hold, for a card of another
 * strategy; with the relative strength itself.
 */
export function templateEvidence(criteria: readonly Criterion[]): EvidenceDefinition {
  const names = new Map<string, string>()
  const inputs: Record<string, Column> = {}
  for (const column of criteria.flatMap((one) => Object.values(one.inputs))) {
    if (names.has(column.key)) continue
    const name = `column${names.size}`
    names.set(column.key, name)
    inputs[name] = column
  }
  const nameOf = (column: Column): string => names.get(column.key) as string
  const readers = criteria.map((one) => ({
    score: one.score,
    parts: Object.entries(one.inputs).map(([own, column]) => [own, nameOf(column)] as const),
  }))
  const strength = nameOf(strengthOf(criteria))
  return evidence({
    inputs,
    derive: (values) => {
      let held = 0
      let known = 0
      for (const { score, parts } of readers) {
        const own: Record<string, number> = {}
        for (const [name, column] of parts) own[name] = values[column] as number
        if (Object.values(own).some(Number.isNaN)) continue
        known++
        held += score(own satisfies Values)
      }
      return {
        trendTemplateHeld: held,
        trendTemplateKnown: known,
        relativeStrength: values[strength] as number,
      }
    },
  })
}

function strengthOf(criteria: readonly Criterion[]): Column {
  const found = criteria.find((one) => one.id === 'trend-template.relative-strength')
  // Sound: the template always has this condition.
  return found?.inputs.strength as Column
}
