import { describe, expect, it } from 'vitest'
import type { FaultKind } from '../src/simulator/index.js'
import { createRandom } from '../src/simulator/market/random.js'
import { pair } from './support.js'

const STOCKS = 240
const SLOTS = 180
/** Minutes between troubles of the whole line. */
const LINE_TROUBLE_MINUTES = 12
const MINUTE = 60_000

/** What goes wrong, and how often each in proportion. */
const TROUBLES: ReadonlyArray<readonly [FaultKind, number, number]> = [
  ['rate-limit', 3, 4],
  ['html-page', 2, 3],
  ['server-error', 2, 3],
  ['truncated-body', 2, 3],
  ['malformed-body', 2, 3],
  ['empty-page', 2, 4],
  ['dropped-request', 2, 3],
  ['slow-answer', 2, 3],
  ['malformed-frame', 2, 6],
  ['truncated-frame', 2, 6],
  ['lost-ticks', 3, 10],
  ['delayed-ticks', 5, 10],
  ['duplicate-ticks', 5, 10],
  ['reordered-ticks', 5, 10],
]

const LINE_TROUBLES: readonly FaultKind[] = [
  'dropped-connection',
  'token-expiry',
  'silent-socket',
  'duplicate-login',
  'token-revocation',
]

describe('a whole session with faults every few seconds', () => {
  it('gives the bars of every stock and minute, none missing, none doubled', async () => {
    const seed = Number(process.env['SOAK_SEED'] ?? 20260331)
    const { clock, simulator, source } = pair(
      { stocks: STOCKS, history: 1, seed, activity: 0.5, at: '08:50' },
      { slots: SLOTS },
    )
    const tickers = simulator.market.papers.map((paper) => paper.code)
    const followed = tickers.slice(0, SLOTS)
    let ticks = 0
    let backwards = 0
    const last = new Map<string, number>()
    const subscription = source.subscribe(tickers, (tick) => {
      ticks++
      if (tick.volume <= (last.get(tick.ticker) ?? -1)) backwards++
      last.set(tick.ticker, tick.volume)
    })
    expect(subscription.active()).toEqual(followed)

    const random = createRandom(seed, 1)
    const bag = TROUBLES.flatMap((trouble) => Array.from({ length: trouble[2] }, () => trouble))
    const heap: number[] = []
    // 08:50 to 15:45: the session, and the check after its close.
    for (let minute = 0; minute < 415; minute++) {
      // A fault every 7 seconds of the session's time, none in the last minutes of the check.
      for (let part = 0; part < 8; part++) {
        const [kind, count] = bag[random.below(bag.length)] ?? ['lost-ticks', 1]
        if (minute < 405) simulator.faults.add({ kind, count: 1 + random.below(count) })
        await clock.advance(MINUTE / 8)
      }
      const line = LINE_TROUBLES[Math.floor(minute / LINE_TROUBLE_MINUTES) % LINE_TROUBLES.length]
      if (minute % LINE_TROUBLE_MINUTES === 5 && minute < 405 && line !== undefined) {
        simulator.faults.add({ kind: line })
        // A token that ends is noticed at the next login.
        if (line.startsWith('token')) simulator.faults.add({ kind: 'dropped-connection' })
      }
      if (minute % 60 === 59) {
        globalThis.gc?.()
        heap.push(process.memoryUsage().heapUsed)
      }
      // Before the close what is not marked as missing must be true already.
      if (minute === 195) {
        const complete = followed.filter((one) => source.live.complete(one))
        expect(complete.length).toBeGreaterThan(0)
        for (const ticker of complete) {
          const now = clock.now() - MINUTE
          const whole = (bars: readonly { openTime: number }[]) =>
            bars.filter((bar) => bar.openTime + MINUTE <= now)
          expect(whole(source.live.minuteBars(ticker)).map(plain), ticker).toEqual(
            whole(simulator.truth(ticker)).map(plain),
          )
        }
      }
    }

    let bars = 0
    for (const ticker of followed) {
      const truth = simulator.truth(ticker)
      expect(source.live.minuteBars(ticker).map(plain), ticker).toEqual(truth.map(plain))
      expect(source.live.complete(ticker), ticker).toBe(true)
      bars += truth.length
    }
    const counts = simulator.counts()
    expect(counts.tooMany).toBe(0)
    expect(backwards).toBe(0)
    expect(ticks).toBeGreaterThan(10_000)
    expect(Object.keys(counts.faults).length).toBe(TROUBLES.length + LINE_TROUBLES.length)
    const [first = 0] = heap
    if (globalThis.gc !== undefined) {
      expect(heap.at(-1)).toBeLessThan(first * 1.5 + 20e6)
    }
    process.stdout.write(
      `soak: ${bars} bars, ${ticks} ticks, ${counts.requests} requests, ` +
        `${Object.values(counts.faults).reduce((sum, n) => sum + (n ?? 0), 0)} faults, ` +
        `heap ${heap.map((bytes) => Math.round(bytes / 1e6)).join(' ')} MB\n`,
    )
    await source.close()
    simulator.close()
  }, 900_000)
})

function plain(bar: object): object {
  const { dayVolume: _, ...rest } = bar as { dayVolume?: number }
  return rest
}
