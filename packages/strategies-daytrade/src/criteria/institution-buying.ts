import { atLeast, type Criterion, criterion, flows, formatMoney } from '@ralph-stock/core'
import type { DaytradeOptions } from '../options.js'
import { award, FULL, HALF } from '../points.js'

/** Net buying of foreigners and institutions together on the date. */
export function institutionBuying(options: DaytradeOptions['institutionBuying']): Criterion {
  const { fullKrw, halfKrw } = options
  const [full, half] = [formatMoney(fullKrw, 6), formatMoney(halfKrw, 6)]
  return criterion({
    id: 'institution-buying',
    maxPoints: FULL,
    label: { ko: '외국인·기관 순매수', en: 'Foreign and institutional buying' },
    rule: {
      ko: `당일 외국인과 기관 순매수 합계 ${full.ko} 이상 ${FULL}점, ${half.ko} 이상 ${HALF}점`,
      en: `${FULL} for net buying of foreigners and institutions together of at least ${full.en} on the date, ${HALF} for ${half.en}`,
    },
    inputs: { foreign: flows.foreign, institution: flows.institution },
    score: ({ foreign, institution }) =>
      award(atLeast(foreign + institution, fullKrw), atLeast(foreign + institution, halfKrw)),
    reason: ({ foreign, institution }) => {
      const [f, i] = [formatMoney(foreign), formatMoney(institution)]
      const both = formatMoney(foreign + institution)
      return {
        ko: `순매수 합계 ${both.ko} (외국인 ${f.ko}, 기관 ${i.ko})`,
        en: `Net buying ${both.en} (foreigners ${f.en}, institutions ${i.en})`,
      }
    },
    claims: { priceScaleInvariant: true, monotone: { foreign: 'up', institution: 'up' } },
  })
}
