import {
  above,
  atLeast,
  bars,
  type Column,
  type Criterion,
  criterion,
  difference,
  formatExactPercent,
  formatMoney,
  formatPercent,
  ratio,
  sessions,
  type Text,
} from '@ralph-stock/core'
import { sum, withinSessions } from '@ralph-stock/indicators'
import type { VcpOptions } from '../options/vcp-options.js'

/** Points for the four shares of `smartMoney`, from `fullShare` to `lowShare`. */
export type SharePoints = readonly [number, number, number, number]

/**
 * Net buying of one side over the traded value of the latest bars.
 *
 * Unknown when one of the bars has no flow of that side, and when halts stretch the bars over more
 * sessions than `maximumSessions`.
 */
export function netBuyingShare(
  id: string,
  side: Text,
  flow: Column,
  points: SharePoints,
  options: VcpOptions['smartMoney'],
): Criterion {
  const { bars: count, fullShare, highShare, middleShare, lowShare } = options
  const [full, high, middle, low] = points
  const [a, b] = [formatExactPercent(fullShare), formatExactPercent(highShare)]
  const [c, d] = [formatExactPercent(middleShare), formatExactPercent(lowShare)]
  const bought = sum(flow, count)
  const byCount = Float64Array.of(0, low, middle, high, full)
  return criterion({
    id,
    maxPoints: full,
    label: { ko: `${side.ko} 순매수 비중`, en: `${side.en} buying` },
    rule: {
      ko: `최근 ${count}일 ${side.ko} 순매수를 거래대금으로 나눈 값: ${a} 이상 ${full}점, ${b} 이상 ${high}점, ${c} 초과 ${middle}점, ${d} 초과 ${low}점`,
      en: `Net buying over traded value of the latest ${count} bars: ${full} for at least ${a}, ${high} for at least ${b}, ${middle} above ${c}, ${low} above ${d}`,
    },
    inputs: {
      share: ratio(bought, sum(bars.tradedValue, count)),
      sessionsApart: sessionsApart(options),
    },
    evidence: { netBuying: bought },
    // Counted and looked up, so that nothing branches on the data.
    score: ({ share }) =>
      byCount[
        Number(atLeast(share, fullShare)) +
          Number(atLeast(share, highShare)) +
          Number(above(share, middleShare)) +
          Number(above(share, lowShare))
      ] as number,
    reason: ({ share, netBuying }) => {
      const [net, part] = [formatMoney(netBuying), formatPercent(share)]
      return {
        ko: `${side.ko} ${count}일 순매수 ${net.ko}, 거래대금의 ${part}`,
        en: `${side.en} net buying ${net.en} in ${count} bars, ${part} of the traded value`,
      }
    },
    claims: { monotone: { share: 'up' } },
  })
}

/**
 * Sessions from the first of the bars to the latest; missing when they span more than allowed.
 */
export function sessionsApart(options: VcpOptions['smartMoney']): Column {
  const { bars: count, maximumSessions } = options
  const { ordinal } = sessions
  const apart =
    count === 1 ? difference(ordinal, ordinal) : difference(ordinal, ordinal.shift(count - 1))
  return withinSessions(apart, ordinal, count, maximumSessions)
}
