import type { ScoreCard } from '@ralph-stock/core'

/** A card as plain data: its drawing and its reasons read, the age of a live comparison left out. */
export function plainCard(card: ScoreCard): Readonly<Record<string, unknown>> {
  const { crossSectionAgeMs: _, ...fields } = card
  return {
    ...fields,
    annotation: card.annotation,
    criteria: card.criteria.map((line) => ({ ...line, reason: line.reason })),
  }
}

/** What a score depends on, without drawings and prices beside it. */
export function scoredPart(card: ScoreCard): Readonly<Record<string, unknown>> {
  const { score, coverage, grade, criteria } = card
  const lines = criteria.map(({ id, outcome, points }) => ({ id, outcome, points }))
  return { score, coverage, grade, criteria: lines }
}

/** Where two values differ, bit for bit, in words: `score is 10 and 0`; null when they do not. */
export function difference(left: unknown, right: unknown, path = ''): string | null {
  if (Object.is(left, right)) return null
  const where = path === '' ? 'it' : path
  if (!isObject(left) || !isObject(right)) return `${where} is ${show(left)} and ${show(right)}`
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  for (const name of names) {
    const inner = Array.isArray(left) ? nameOfEntry(left, name) : name
    const found = difference(left[name], right[name], path === '' ? inner : `${path}.${inner}`)
    if (found !== null) return found
  }
  return null
}

/** Position of the first entry that differs, bit for bit; -1 when none does. Any NaN equals any. */
export function firstDifference(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const length = Math.max(left.length, right.length)
  for (let i = 0; i < length; i++) if (!Object.is(left[i], right[i])) return i
  return -1
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

// A criterion is told by its id, not by its position.
function nameOfEntry(list: readonly unknown[], position: string): string {
  const entry = list[Number(position)]
  return isObject(entry) && typeof entry['id'] === 'string' ? entry['id'] : position
}

function show(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'missing')
}
