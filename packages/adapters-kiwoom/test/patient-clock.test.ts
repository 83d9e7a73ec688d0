import { dayNumber, tradeDate } from '@ralph-stock/core'
import { demoMarket } from '@ralph-stock/engine/demo'
import { describe, expect, it } from 'vitest'
import { createKiwoomSource, type KiwoomEvent, sleep } from '../src/index.js'
import { connectSimulator, createSimulator, patientClock } from '../src/simulator/index.js'

const SPEED = 10_000
const START = Date.UTC(2026, 3, 1)

function busyFor(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

describe('a clock that waits', () => {
  it('runs each timer at its own instant and in order, however long one takes', async () => {
    const clock = patientClock(SPEED, START)
    const seen: Array<readonly [due: number, now: number]> = []
    const stopped = clock.after(5000, () => seen.push([-1, -1]))
    for (const ms of [9000, 3000, 6000, 3000]) {
      const due = clock.now() + ms
      clock.after(ms, () => {
        busyFor(5)
        seen.push([due, clock.now()])
      })
    }
    stopped.stop()
    await sleep(clock, 60_000)
    expect(seen.length).toBe(4)
    for (const [due, now] of seen) expect(now).toBe(due)
    expect(seen.map(([due]) => due)).toEqual(seen.map(([due]) => due).sort((a, b) => a - b))
    expect(clock.now()).toBeGreaterThanOrEqual(START + 60_000)
  })

  it('lets what a timer started settle before the next runs', async () => {
    const clock = patientClock(SPEED, START)
    const order: string[] = []
    clock.after(1000, () => {
      void Promise.resolve()
        .then(() => {})
        .then(() => order.push('settled'))
    })
    clock.after(1000, () => order.push('next'))
    await sleep(clock, 2000)
    expect(order).toEqual(['settled', 'next'])
  })

  it('gives up what it is behind, rather than hurry after a sleep of the machine', async () => {
    // A machine whose time passes by looking at it, and which then sleeps for an hour.
    let machine = START
    const clock = patientClock(1, START, () => machine++)
    clock.after(5, () => {
      machine += 3_600_000
    })
    await sleep(clock, 20)
    await sleep(clock, 20)
    expect(clock.now() - START).toBeGreaterThanOrEqual(40)
    expect(clock.now() - START).toBeLessThan(60_000)
  })
})

describe('a simulator and its client in one process, at the highest speed', () => {
  it('live through a whole session without a break or a hole', async () => {
    // Thinner a market would be taken for a dead line now and then.
    const past = demoMarket({ stocks: 30, sessions: 40 })
    const simulator = createSimulator({ past, speed: SPEED, time: '08:50' })
    const events: KiwoomEvent[] = []
    const source = createKiwoomSource({
      ...connectSimulator(simulator),
      onEvent: (event) => events.push(event),
    })
    const tickers = simulator.market.papers.map(({ code }) => code)
    source.subscribe(tickers, () => {})
    await sleep(simulator.clock, 8 * 3_600_000)
    expect(events.filter(({ type }) => type === 'socket-down')).toEqual([])
    for (const ticker of tickers) {
      const bars = source.live.minuteBars(ticker).map(({ dayVolume: _, ...bar }) => bar)
      expect(bars, ticker).toEqual(simulator.truth(ticker))
    }
    const to = tradeDate('2026-04-01')
    const daily = await source.dailyBars({ ticker: 'D00010', to })
    expect(daily.day.at(-1)).toBe(dayNumber(to))
    expect(simulator.counts().tooMany).toBe(0)
    await source.close()
    simulator.close()
  }, 180_000)
})
