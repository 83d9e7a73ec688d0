import type { Text } from '@ralph-stock/core'
import type { BandStep, BelowStep } from '@ralph-stock/indicators'

/** `0.5 미만 30점, 0.7 미만 20점`; `30 below 0.5, 20 below 0.7`. */
export function belowStepsInWords(steps: readonly BelowStep[]): Text {
  return {
    ko: steps.map(({ below, points }) => `${below} 미만 ${points}점`).join(', '),
    en: steps.map(({ below, points }) => `${points} below ${below}`).join(', '),
  }
}

/** `40~60 15점, 30~70 10점`; `15 from 40 to 60, 10 from 30 to 70`. */
export function bandStepsInWords(steps: readonly BandStep[]): Text {
  return {
    ko: steps.map(({ from, to, points }) => `${from}~${to} ${points}점`).join(', '),
    en: steps.map(({ from, to, points }) => `${points} from ${from} to ${to}`).join(', '),
  }
}
