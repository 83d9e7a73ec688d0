import {
  atLeast,
  bars,
  type Criterion,
  criterion,
  formatNumber,
  percentBelow,
} from '@ralph-stock/core'
import { weightedChange } from '@ralph-stock/indicators'
import type { TemplateOptions } from '../../options/template-options.js'

/**
 * Share of eligible stocks with a weaker year, the latest quarter counted twice. Unknown where a stock is
 * scored alone.
 */
export function relativeStrength(options: TemplateOptions): Criterion {
  const { relativeStrength: needed, relativeStrengthParts: parts } = options
  const spans = parts.map(({ bars: span, weight }) => `${weight} × r${span}`).join(' + ')
  return criterion({
    id: 'trend-template.relative-strength',
    maxPoints: 1,
    label: { ko: '상대강도', en: 'Relative strength' },
    rule: {
      ko: `${spans}(rk는 k일 등락률)이 더 낮은 종목의 비율이 ${needed}% 이상`,
      en: `At least ${needed}% of the eligible stocks have a lower ${spans} (rk is the change over k bars)`,
    },
    inputs: { strength: percentBelow('universe', weightedChange(bars.close, parts)) },
    score: ({ strength }) => (atLeast(strength, needed) ? 1 : 0),
    reason: ({ strength }) => {
      const value = formatNumber(strength, 1)
      return {
        ko: `상대강도 ${value}(기준 ${needed})`,
        en: `Stronger than ${value}% of the stocks (needs ${needed}%)`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { strength: 'up' } },
  })
}
