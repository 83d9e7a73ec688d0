import { type Bar, createSeries, priceLimits, type TradeDate } from '@ralph-stock/core'
import { barsArbitrary } from '@ralph-stock/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EnteredAt, type HoldingRule, positionEnd } from './closing-rule.js'
import { priceColumns, printedPrice } from './printed-prices.js'

const KINDS = ['walk', 'rise', 'fall', 'limit-up', 'limit-down', 'halt', 'gap', 'flat'] as const

type Story = {
  readonly rows: readonly Bar[]
  /** Whether a bar that closed at its lower limit was locked there all day. */
  readonly locks: boolean
  readonly at: number
  readonly entered: EnteredAt
  readonly holding: HoldingRule
  readonly targetPercent: number
  readonly stopPercent: number
}

const stories: fc.Arbitrary<Story> = fc.record({
  rows: barsArbitrary({ bars: 12, kinds: KINDS }),
  locks: fc.boolean(),
  at: fc.nat({ max: 1000 }),
  entered: fc.constantFrom<EnteredAt>('close', 'open', 'live'),
  holding: fc.record({
    fill: fc.constantFrom('close', 'next-open'),
    holdingBars: fc.integer({ min: 1, max: 7 }),
  }),
  targetPercent: fc.constantFrom(101, 103, 105, 115),
  stopPercent: fc.constantFrom(99, 97, 95, 80),
})

type Found = { readonly date: string; readonly price: number; readonly reason: string }

function traded({ rows, locks }: Story): Bar[] {
  const bars = rows.filter(({ volume }) => volume > 0)
  if (!locks) return bars
  return bars.map((row, k) => {
    const { close } = row
    return close === lowerLimit(bars, k) ? { ...row, open: close, high: close, low: close } : row
  })
}

function lowerLimit(bars: readonly Bar[], k: number): number | null {
  const before = bars[k - 1]
  if (before === undefined) return null
  const date = bars[k]?.date as TradeDate
  const { lower, upper } = priceLimits(before.close, { date, market: 'KOSPI' })
  return lower === upper ? null : lower
}

function entryOf(story: Story): { readonly bar: number; readonly price: number } | null {
  const bars = traded(story)
  const bar = story.at % Math.max(1, bars.length)
  const row = bars[bar]
  if (row === undefined) return null
  return { bar, price: story.entered === 'open' ? row.open : row.close }
}

function levelsOf({ targetPercent, stopPercent }: Story, price: number) {
  return { target: (price * targetPercent) / 100, stop: (price * stopPercent) / 100 }
}

function byRule(story: Story, bars: readonly Bar[] = traded(story), factor = 1): Found | null {
  const entry = entryOf(story)
  if (entry === null) return null
  const series = createSeries({ ticker: '000010', bars })
  const { target, stop } = levelsOf(story, entry.price)
  const { entered, holding } = story
  const end = positionEnd(series, 'KOSPI', {
    entered,
    day: series.days[entry.bar] as number,
    target: target * factor,
    stop: stop * factor,
    holding,
  })
  if (end === null) return null
  const price = factor === 1 ? end.price : printedPrice(priceColumns(series), end.bar, end.price)
  return { date: bars[end.bar]?.date ?? '', price, reason: end.reason }
}

// The rule read once more: every bar is asked alone whether a sale is wanted and can be made there.
function naive(story: Story): Found | null {
  const bars = traded(story)
  const entry = entryOf(story)
  if (entry === null) return null
  const { target, stop } = levelsOf(story, entry.price)
  const { entered, holding } = story
  const counted = (k: number): number => {
    const own = entered === 'open' || (entered === 'live' && holding.fill === 'next-open')
    return k - entry.bar + (own ? 1 : 0)
  }
  const inRange = (k: number): 'stop' | 'target' | null => {
    if (k < entry.bar || (k === entry.bar && entered !== 'open')) return null
    const { low, high } = bars[k] as Bar
    return low <= stop ? 'stop' : high >= target ? 'target' : null
  }
  const wanted = (k: number): string | null => {
    for (let i = entry.bar; i <= k; i++) {
      const level = inRange(i)
      if (level !== null) return level
      const live = entered !== 'close' || i > entry.bar
      if (live && counted(i) >= holding.holdingBars) return 'expired'
    }
    return null
  }
  for (let k = entry.bar; k < bars.length; k++) {
    const { date, open, high, close } = bars[k] as Bar
    const reason = wanted(k)
    if (reason === null) continue
    const lower = lowerLimit(bars, k)
    const asked = k === entry.bar || wanted(k - 1) === null
    if (!asked) {
      if (high === lower) continue
      return { date, price: open, reason }
    }
    if (reason === 'expired') {
      if (close === lower) continue
      return { date, price: close, reason }
    }
    if (high === lower) continue
    const gap = k > entry.bar
    if (reason === 'stop') return { date, price: gap ? Math.min(open, stop) : stop, reason }
    return { date, price: gap ? Math.max(open, target) : target, reason }
  }
  return null
}

describe('the closing rule', () => {
  it('is what a naive reading says', () => {
    fc.assert(
      fc.property(stories, (story) => {
        expect(byRule(story)).toEqual(naive(story))
      }),
      { numRuns: 500 },
    )
  })

  it('decides nothing by bars after the end', () => {
    fc.assert(
      fc.property(stories, fc.nat({ max: 30 }), (story, cut) => {
        const end = byRule(story)
        const bars = traded(story)
        const length = Math.max((entryOf(story)?.bar ?? 0) + 1, bars.length - cut)
        const known = bars.slice(0, length)
        const last = known.at(-1)?.date ?? ''
        const early = byRule(story, known)
        expect(early).toEqual(end !== null && end.date <= last ? end : null)
      }),
    )
  })

  it('sees the same of prices that were adjusted since', () => {
    fc.assert(
      fc.property(stories, fc.constantFrom(2, 5, 10), (story, factor) => {
        // Shares were put together later: every price before is a multiple of what was printed.
        const adjusted = traded(story).map((row) => ({
          ...row,
          open: row.open * factor,
          high: row.high * factor,
          low: row.low * factor,
          close: row.close * factor,
          rawClose: row.close,
        }))
        const plain = byRule(story)
        const expected = plain === null ? null : { ...plain, price: Math.round(plain.price) }
        expect(byRule(story, adjusted, factor)).toEqual(expected)
      }),
    )
  })
})
