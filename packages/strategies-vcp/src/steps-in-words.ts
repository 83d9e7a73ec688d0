import type { Text } from '@ralph-stock/core'
import type { BandStep, BelowStep } from '@ralph-stock/indicators'

/** `0.5 미만 30점, 0.7 미만 20점`. */
export function belowStepsInWords(steps: readonly BelowStep[]): Text {
  return {
    ko: steps.map(({ below, points }) => `${below} 미만 ${points}점`).join(', '),
    en: steps.map(({ below, points }) => `below ${below} ${points}`).join(', '),
  }
}

/** `40~60 15점, 30~70 10점`. */
export function bandStepsInWords(steps: readonly BandStep[]): Text {
  return {
    ko: steps.map(({ from, to, points }) => `${from}~${to} ${points}점`).join(', '),
    en: steps.map(({ from, to, points }) => `${from} to ${to} ${points}`).join(', '),
  }
}
