import type { Strategy } from '@ralph-stock/core'
import type { SystemHealthView } from '../api/index.js'

/** A strategy in words: what pages and documents are made from. */
export function strategyView(strategy: Strategy): SystemHealthView['strategies'][number] {
  const { id, version, label, maxScore, subject, scale, criteria } = strategy
  return {
    id,
    version,
    label,
    maxScore,
    subject,
    // The last grade is what is left below the others.
    grades: scale.labels.map((grade, k) => ({ grade, from: scale.thresholds[k] ?? null })),
    criteria: criteria.map(({ id, label, rule, maxPoints }) => ({ id, label, rule, maxPoints })),
  }
}
