/** A line of a card as a bar needs it. */
export type BarLine = {
  readonly id: string
  readonly outcome: 'pass' | 'partial' | 'fail' | 'unknown'
  readonly points: number | null
  readonly maxPoints: number
}

// Percent of the bar.
const GAP = 1
const STRIPE = 1

/**
 * The segments of a bar as one CSS background, left to right: each as wide as what its line can give, as
 * full as what it gave, striped where it is unknown. One element instead of ten in each row of a table.
 */
export function segmentsBackground(lines: readonly BarLine[]): string {
  const all = lines.reduce((sum, { maxPoints }) => sum + maxPoints, 0)
  const room = 100 - GAP * (lines.length - 1)
  const stops: string[] = []
  let at = 0
  const paint = (colour: string, to: number): void => {
    if (to > at) stops.push(`${colour} ${round(at)}% ${round(to)}%`)
    at = Math.max(at, to)
  }
  for (const line of lines) {
    const end = at + (room * line.maxPoints) / all
    if (line.points === null) {
      for (let stripe = 0; at < end; stripe++) {
        paint(stripe % 2 === 0 ? 'var(--strong-border)' : 'transparent', Math.min(end, at + STRIPE))
      }
    } else {
      const fill = line.outcome === 'partial' ? 'var(--fill-partial)' : 'var(--fill)'
      paint(fill, at + ((end - at) * line.points) / line.maxPoints)
      paint('var(--track)', end)
    }
    paint('transparent', Math.min(100, end + GAP))
  }
  return `linear-gradient(90deg, ${stops.join(', ')})`
}

function round(percent: number): number {
  return Math.round(percent * 100) / 100
}
