/** Colours of lines, readable on light and on dark. */
export const LINE_COLOURS = {
  ma5: '#c77d0a',
  ma20: '#8e5bd0',
  ma50: '#1d8f86',
  ma200: '#8a6d5a',
  band: '#7f8ea0',
  footprint: '#d0459b',
} as const

/** The theme's colours as they are now: a canvas reads no style sheet. */
export type ChartColours = {
  readonly text: string
  readonly muted: string
  readonly grid: string
  readonly up: string
  readonly down: string
  readonly accent: string
  readonly green: string
  readonly red: string
}

export function chartColours(element: Element): ChartColours {
  const style = getComputedStyle(element)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  return {
    text: read('--text'),
    muted: read('--muted'),
    grid: read('--border'),
    up: read('--up'),
    down: read('--down'),
    accent: read('--accent'),
    green: read('--green'),
    red: read('--red'),
  }
}
