import { describe, expect, it } from 'vitest'
import type { KiwoomEvent, Trade } from '../src/index.js'
import { during, pair } from './support.js'

const MINUTE = 60_000

// Sessions by a clock that is moved take seconds, and more of them on a busy machine.
describe('the live feed', { timeout: 180_000 }, () => {
  it('tells of trades, books, auctions, indexes, programs, interruptions and states', async () => {
    const { clock, simulator, source } = pair(
      { stocks: 300, at: '08:45', history: 1, activity: 0.3 },
      { stockTypes: ['0D', '0H', '0w'] },
    )
    const heard = new Map<string, number>()
    const count = (name: string) => () => heard.set(name, (heard.get(name) ?? 0) + 1)
    for (const name of [
      'trade',
      'orderBook',
      'expected',
      'index',
      'program',
      'interruption',
      'marketState',
    ] as const) {
      source.live.on(name, count(name))
    }
    const tickers = simulator.market.papers.slice(0, 5).map(({ code }) => code)
    const ticks: Trade[] = []
    // The object that the decoder made reaches every listener: it is copied nowhere.
    const heldByOne = new WeakSet<Trade>()
    let shared = 0
    source.live.subscribe(tickers, (trade) => {
      heldByOne.add(trade)
      ticks.push(trade)
    })
    source.live.on('trade', (trade) => {
      if (heldByOne.has(trade)) shared++
    })
    await clock.advance(30 * MINUTE)
    const open = simulator.market.papers.slice(0, 5).filter(({ halted }) => !halted).length
    expect(source.live.health()).toMatchObject({ connection: 'live', market: 'well' })
    for (const name of ['trade', 'orderBook', 'expected', 'index', 'program', 'marketState']) {
      expect(heard.get(name), name).toBeGreaterThan(0)
    }
    await clock.advance(120 * MINUTE + 100)
    expect(heard.get('interruption')).toBeGreaterThan(0)
    expect(new Set(ticks.map(({ ticker }) => ticker)).size).toBe(open)
    const first = ticks.find(({ session }) => session === 2)
    const paper = simulator.market.paper(first?.ticker ?? '')
    if (first === undefined || paper === undefined) throw new Error('there were ticks')
    expect(first.price).toBe(simulator.market.path(paper).open[1])
    expect(first.open).toBe(first.price)
    expect(shared).toBe(ticks.length)
    expect(source.counts().refusals).toEqual({})
    for (const ticker of tickers) {
      const bars = source.live.minuteBars(ticker).map(({ dayVolume: _, ...bar }) => bar)
      expect(bars, ticker).toEqual(simulator.truth(ticker))
    }
    await source.close()
  })

  it('follows Nextrade and the unified market in series of their own', async () => {
    for (const venue of ['NXT', 'unified'] as const) {
      const { clock, simulator, source } = pair(
        { stocks: 20, at: '07:50', history: 3, activity: 0.3 },
        { venue },
      )
      const papers = simulator.market.papers.filter(({ nxt }) => nxt)
      const seen = new Set<string>()
      source.subscribe(
        papers.map(({ code }) => code),
        (tick) => seen.add((tick as Trade).venue),
      )
      await clock.advance(12.3 * 60 * MINUTE)
      expect([...seen]).toEqual([venue])
      for (const { code } of papers) {
        const bars = source.live.minuteBars(code).map(({ dayVolume: _, ...bar }) => bar)
        expect(bars, code).toEqual(simulator.truth(code, venue))
      }
      await source.close()
    }
  })

  it('fills the day in before it was subscribed, and moves slots to the better ranked', async () => {
    const { clock, simulator, source } = pair(
      { stocks: 60, at: '13:00', history: 5 },
      { slots: 20 },
    )
    const tickers = simulator.market.papers.map(({ code }) => code)
    const subscription = source.subscribe(tickers, () => {})
    await clock.advance(5 * MINUTE)
    expect(subscription.active()).toEqual(tickers.slice(0, 20))
    const now = clock.now() - 3 * MINUTE
    const ended = (bars: readonly { openTime: number }[]) =>
      bars.filter(({ openTime }) => openTime < now).map(({ openTime }) => openTime)
    expect(ended(source.live.minuteBars('Z00010'))).toEqual(ended(simulator.truth('Z00010')))
    subscription.want([...tickers].reverse())
    await clock.advance(5 * MINUTE)
    const active = subscription.active()
    expect(new Set(active)).toEqual(new Set(tickers.slice(-20)))
    expect(source.live.health().registrations).toEqual({ wanted: 24, held: 24 })
    await subscription.close()
    await clock.advance(MINUTE)
    expect(source.live.health().registrations.held).toBe(4)
    await source.close()
  })

  it('comes back after every kind of break, with a fresh token where that is needed', async () => {
    const events: KiwoomEvent[] = []
    const { clock, simulator, source } = pair(
      { stocks: 60, at: '10:00', history: 5 },
      { onEvent: (event) => events.push(event) },
    )
    const tickers = simulator.market.papers.map(({ code }) => code)
    source.subscribe(tickers, () => {})
    await during(clock, source.live.ready())
    const reasons: string[] = []
    for (const kind of ['dropped-connection', 'silent-socket', 'duplicate-login'] as const) {
      if (kind === 'dropped-connection') simulator.faults.add({ kind: 'token-revocation' })
      simulator.faults.add({ kind })
      await clock.advance(4 * MINUTE)
      expect(source.live.health().connection, kind).toBe('live')
      expect(source.live.health().registrations.held).toBe(64)
    }
    for (const event of events) if (event.type === 'socket-down') reasons.push(event.reason)
    expect(reasons[0]).toBe('closed with 1000')
    expect(reasons).toContain('login refused (8005)')
    expect(reasons).toContain('silent')
    expect(reasons).toContain('R10001')
    const tokens = events.filter(({ type }) => type === 'token-issued').length
    expect(tokens).toBe(2)
    await source.close()
  })

  it('keeps quiet at night, and takes no silence for a break', async () => {
    const events: KiwoomEvent[] = []
    const { clock, source } = pair({ at: '20:30' }, { onEvent: (event) => events.push(event) })
    source.subscribe(['Z00010'], () => {})
    await clock.advance(3 * 60 * MINUTE)
    expect(source.live.health()).toMatchObject({ connection: 'live', market: 'closed' })
    expect(events.filter(({ type }) => type === 'socket-down')).toEqual([])
    await source.close()
  })

  it('searches, and hears what enters and leaves', async () => {
    const { clock, simulator, source } = pair({ stocks: 300, at: '09:30', history: 5 })
    const { conditions } = source.live
    await during(clock, source.live.ready())
    const searches = await during(clock, conditions.list())
    expect(searches.map(({ id }) => id)).toEqual(['0', '1'])
    const found = await during(clock, conditions.find('0'))
    expect(found.length).toBeGreaterThan(0)
    for (const { change } of found) expect(change).toBeGreaterThan(0.0195)
    const watched = new Set(await during(clock, conditions.watch('0')))
    source.live.on('condition', ({ ticker, entered }) => {
      if (entered) watched.add(ticker)
      else watched.delete(ticker)
    })
    await clock.advance(20 * MINUTE)
    simulator.faults.add({ kind: 'dropped-connection' })
    await clock.advance(MINUTE)
    for (const ticker of await during(clock, conditions.watch('0'))) watched.add(ticker)
    await clock.advance(10 * MINUTE)
    const rising = simulator.market.papers.filter((paper) => {
      const at = simulator.market.moment(clock.now())
      const { price, base } = simulator.market.quote(paper, 'KRX', at)
      return price / base - 1 >= 0.02
    })
    for (const { code } of rising) expect(watched.has(code), code).toBe(true)
    await during(clock, conditions.unwatch('0'))
    await source.close()
    await expect(conditions.list()).rejects.toMatchObject({ code: 'E_BROKER_SOCKET' })
  })

  it('says what the broker refused to register, and goes on with the rest', async () => {
    const events: KiwoomEvent[] = []
    const { clock, simulator, source } = pair(
      { stocks: 60, at: '10:00', history: 5, itemsPerGroup: 30 },
      { onEvent: (event) => events.push(event) },
    )
    source.subscribe(
      simulator.market.papers.map(({ code }) => code),
      () => {
        throw new Error('a listener that fails')
      },
    )
    await clock.advance(5 * MINUTE)
    expect(events.some(({ type }) => type === 'registration-refused')).toBe(true)
    expect(events.some(({ type }) => type === 'listener-failed')).toBe(true)
    expect(source.live.health().connection).toBe('live')
    await source.close()
  })
})
