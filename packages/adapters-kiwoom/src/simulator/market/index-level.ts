import type { Moment, SimulatedMarket } from './market.js'

/** An index day. Points; shares; KRW. */
export type IndexDay = {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
  readonly value: number
}

/** An index at a moment. */
export type IndexLevel = IndexDay & {
  readonly base: number
  readonly rising: number
  readonly unchanged: number
  readonly falling: number
  readonly traded: number
}

/** Indexes that follow from the papers' prices, weighed by listed shares. */
export interface SimulatedIndexes {
  day(market: 'KOSPI' | 'KOSDAQ', at: number): IndexDay
  now(market: 'KOSPI' | 'KOSDAQ', moment: Moment): IndexLevel
}

const START = { KOSPI: 2600, KOSDAQ: 800 }

/** Makes the indexes of a market. */
export function createIndexes(market: SimulatedMarket): SimulatedIndexes {
  const known = new Map<string, IndexDay[]>()

  const daysOf = (name: 'KOSPI' | 'KOSDAQ'): IndexDay[] => {
    const found = known.get(name)
    if (found !== undefined) return found
    const days: IndexDay[] = []
    let level = START[name]
    for (let at = 0; at < market.days.length; at++) {
      const day = sumDay(name, at, level)
      days.push(day)
      level = day.close
    }
    known.set(name, days)
    return days
  }

  const sumDay = (name: 'KOSPI' | 'KOSDAQ', at: number, level: number): IndexDay => {
    const sums = { base: 0, open: 0, close: 0, volume: 0, value: 0 }
    for (const paper of market.papers) {
      if (paper.market !== name || paper.kind !== 'common') continue
      const path = market.path(paper)
      const shares = paper.listedShares
      const volume = path.volume[at] as number
      sums.base += (path.base[at] as number) * shares
      sums.open += (path.open[at] as number) * shares
      sums.close += (path.close[at] as number) * shares
      sums.volume += volume
      sums.value += volume * (path.close[at] as number)
    }
    const points = (sum: number): number => Math.round((level * sum * 100) / (sums.base || 1)) / 100
    const open = sums.base === 0 ? level : points(sums.open)
    const close = sums.base === 0 ? level : points(sums.close)
    const high = Math.max(open, close) + 3
    const low = Math.min(open, close) - 3
    return { open, high, low, close, volume: sums.volume, value: sums.value }
  }

  return {
    day: (name, at) => daysOf(name)[at] as IndexDay,
    now: (name, moment) => {
      const base = moment.at === 0 ? START[name] : (daysOf(name)[moment.at - 1] as IndexDay).close
      const whole = daysOf(name)[moment.at] as IndexDay
      const count = { base: 0, price: 0, volume: 0, value: 0, up: 0, same: 0, down: 0, traded: 0 }
      for (const paper of market.papers) {
        if (paper.market !== name || paper.kind !== 'common') continue
        const quote = market.quote(paper, 'KRX', moment)
        count.base += quote.base * paper.listedShares
        count.price += quote.price * paper.listedShares
        count.volume += quote.volume
        count.value += quote.value
        if (quote.made > 0) count.traded++
        if (quote.price > quote.base) count.up++
        else if (quote.price < quote.base) count.down++
        else count.same++
      }
      const ratio = count.base === 0 ? 1 : count.price / count.base
      const close = Math.round(base * ratio * 100) / 100
      return {
        base,
        close,
        open: whole.open,
        high: Math.max(whole.open, close),
        low: Math.min(whole.open, close),
        volume: count.volume,
        value: count.value,
        rising: count.up,
        unchanged: count.same,
        falling: count.down,
        traded: count.traded,
      }
    },
  }
}
