import { type Criteria, type Criterion, known, unknown } from './card.js'
import type { Bar } from './data.js'
import { atLeast, isAbove } from './edges.js'
import { sum, window } from './statistics.js'
import { foreignNet, institutionNet, tradedValue, type View } from './view.js'

/** The four SmartMoney lines (100 points), over the last 5 bars. */
export function smartMoneyCriteria(view: View): Criteria {
  const bars = window(view.bars, 4, 0)
  const usable = bars !== null && !spansMoreThanTenSessions(view, bars)
  const foreign = usable ? complete(bars.map((bar) => foreignNet(view, bar))) : null
  const institution = usable ? complete(bars.map((bar) => institutionNet(view, bar))) : null
  const values = (bars ?? []).map(tradedValue)
  return {
    'smart-money.foreign': shareOfValue(foreign, values, [40, 32, 24, 12]),
    'smart-money.institution': shareOfValue(institution, values, [30, 24, 18, 9]),
    'smart-money.foreign-streak': foreignStreak(foreign),
    'smart-money.dual-buying': dualBuying(foreign, institution),
  }
}

/** A series is usable only when every one of its dates is known. */
function complete(values: (number | null)[]): number[] | null {
  const found = values.filter((value) => value !== null)
  return found.length === values.length ? found : null
}

// Both ends count: five bars on five successive sessions span 5.
function spansMoreThanTenSessions(view: View, bars: Bar[]): boolean {
  const first = bars[0]
  const last = bars[bars.length - 1]
  if (first === undefined || last === undefined) return true
  return view.sessions.indexOf(last.date) - view.sessions.indexOf(first.date) + 1 > 10
}

function shareOfValue(
  net: number[] | null,
  values: number[],
  [most, much, some, little]: [number, number, number, number],
): Criterion {
  if (net === null || sum(values) === 0) return unknown(most)
  const share = sum(net) / sum(values)
  if (atLeast(share, 0.05)) return known(most, most)
  if (atLeast(share, 0.02)) return known(much, most)
  if (isAbove(share, 0)) return known(some, most)
  if (isAbove(share, -0.02)) return known(little, most)
  return known(0, most)
}

function foreignStreak(foreign: number[] | null): Criterion {
  if (foreign === null) return unknown(15)
  let streak = 0
  for (const net of [...foreign].reverse()) {
    if (net <= 0) break
    streak += 1
  }
  return known(3 * streak, 15)
}

function dualBuying(foreign: number[] | null, institution: number[] | null): Criterion {
  if (foreign === null || institution === null) return unknown(15)
  const days = foreign.filter((net, i) => net > 0 && (institution[i] ?? 0) > 0)
  return known(3 * days.length, 15)
}
