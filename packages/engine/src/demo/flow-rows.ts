import type { FlowRows } from '@ralph-stock/core'
import type { DemoListing } from './listings.js'
import type { PricePath } from './price-path.js'
import { createRandom } from './random.js'

/** Sessions up to the last one that have flows. */
const FLOW_SESSIONS = 120
const FLOW_STREAM = 400_000
/** Share of dates that a source lacks. */
const MISSING = 0.004

type Listed = { readonly listing: DemoListing; readonly path: PricePath }

/** Invents net buying of foreigners and institutions; some dates, and one stock, have none. */
export function inventFlows(seed: number, listed: readonly Listed[]): FlowRows {
  const ticker: number[] = []
  const day: number[] = []
  const foreign: number[] = []
  const institution: number[] = []
  const foreignShares: number[] = []
  const institutionShares: number[] = []
  listed.forEach(({ listing, path }, position) => {
    if (listing.flows === 'none') return
    const random = createRandom(seed, FLOW_STREAM + position)
    let foreignMood = 0
    let institutionMood = 0
    for (let i = 0; i < path.days.length; i++) {
      foreignMood = 0.55 * foreignMood + 0.022 * random.normal()
      institutionMood = 0.45 * institutionMood + 0.02 * random.normal()
      const seen = random.uniform() >= MISSING
      const value = path.tradedValue[i] as number
      if (!seen || value === 0 || path.days.length - i > FLOW_SESSIONS) continue
      const close = path.close[i] as number
      const lean = path.buying[i] as number
      const foreignNet = Math.round(value * clamp(lean + foreignMood * (lean > 0.02 ? 0.4 : 1)))
      const institutionNet = Math.round(
        value * clamp(lean + institutionMood * (lean > 0.02 ? 0.4 : 1)),
      )
      ticker.push(position)
      day.push(path.days[i] as number)
      foreign.push(foreignNet)
      institution.push(institutionNet)
      foreignShares.push(Math.round(foreignNet / close))
      institutionShares.push(Math.round(institutionNet / close))
    }
  })
  return {
    length: day.length,
    tickers: listed.map(({ listing }) => listing.stock.ticker),
    ticker: Int32Array.from(ticker),
    day: Int32Array.from(day),
    foreignNetValue: Float64Array.from(foreign),
    institutionNetValue: Float64Array.from(institution),
    foreignNetVolume: Float64Array.from(foreignShares),
    institutionNetVolume: Float64Array.from(institutionShares),
    provisional: null,
  }
}

function clamp(share: number): number {
  return Math.max(-0.4, Math.min(0.4, share))
}
