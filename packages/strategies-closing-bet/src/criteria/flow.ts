import { above, type Criterion, criterion, flows, formatMoney } from '@ralph-stock/core'
import type { ClosingBetOptions } from '../options.js'

/** Net buying of foreigners and of institutions on the date: one point each. */
export function flow(options: ClosingBetOptions['flow']): Criterion {
  const { netAboveKrw } = options
  const bound = formatMoney(netAboveKrw, 6)
  return criterion({
    id: 'flow',
    maxPoints: 2,
    label: { ko: '수급', en: 'Investor flow' },
    rule: {
      ko: `당일 외국인 순매수 ${bound.ko} 초과 1점, 기관 순매수 ${bound.ko} 초과 1점`,
      en: `1 for net buying of foreigners above ${bound.en} on the date, 1 for that of institutions`,
    },
    inputs: { foreign: flows.foreign, institution: flows.institution },
    score: ({ foreign, institution }) =>
      Number(above(foreign, netAboveKrw)) + Number(above(institution, netAboveKrw)),
    reason: ({ foreign, institution }) => {
      const [f, i] = [formatMoney(foreign), formatMoney(institution)]
      return {
        ko: `외국인 순매수 ${f.ko}, 기관 순매수 ${i.ko}`,
        en: `Net buying: foreigners ${f.en}, institutions ${i.en}`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { foreign: 'up', institution: 'up' } },
  })
}
